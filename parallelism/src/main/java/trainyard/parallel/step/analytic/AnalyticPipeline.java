package trainyard.parallel.step.analytic;

import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.price.StepTiming;

/**
 * Pipeline times of a step, mostly in O(stages^2) instead of O(stages x micro-batches): of passes that repeat themselves,
 * those are solved that show how each grows. Not thread-safe.
 */
public final class AnalyticPipeline {

    private final PipelinePrograms programs;
    private final PassEnds ends = new PassEnds();

    /**
     * @param programs what the stages of a pipeline do in which order
     */
    public AnalyticPipeline(PipelinePrograms programs) {
        this.programs = programs;
    }

    /** When the stages are through with the passes of a step under a schedule. */
    public PipelineTimes times(StepTiming timing, Schedule schedule, int microBatches) {
        PipelineShape shape = new PipelineShape(timing.stages(), microBatches, timing.chunksPerStage());
        return PipelineRecurrence.solve(timing, programs.of(schedule, shape), microBatches, ends);
    }
}
