package trainyard.parallel.schedule;

import java.util.List;

/**
 * What every stage of a pipeline runs, in order, and where the results go.
 *
 * @param shape stages, micro-batches and chunks
 * @param stages passes of each stage
 * @param route from chunk to chunk
 * @param validatesAfterUpdate whether a stage updates as soon as its own gradients are complete
 */
public record PipelineProgram(
        PipelineShape shape, List<List<Pass>> stages, ChunkRoute route, boolean validatesAfterUpdate) {

    public static PipelineProgram of(Schedule schedule, PipelineShape shape, PassEstimates estimates) {
        return new PipelineProgram(
                shape,
                schedule.order().passes(shape, estimates),
                new ChunkRoute(schedule.placement(), shape.stages(), shape.chunks()),
                schedule.validatesAfterUpdate());
    }
}
