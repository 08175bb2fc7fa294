package trainyard.parallel.schedule;

import java.util.List;

/** The order in which the stages of a pipeline run their passes. */
public interface PipelineSchedule {

    /**
     * @param shape stages, micro-batches and chunks
     * @param estimates what a schedule that is made from times is made from; the others look at the shape alone
     * @return for each stage every (micro-batch, chunk) once forward and once backward, whole or as input and weight
     *     part, in the order of execution
     */
    List<List<Pass>> passes(PipelineShape shape, PassEstimates estimates);
}
