package trainyard.parallel.schedule;

import java.util.ArrayList;
import java.util.List;

/** A schedule in which each stage's order follows from its own place in the pipeline alone. */
interface StageOrder extends PipelineSchedule {

    /**
     * @param stage the stage, from 0
     * @return its passes in the order of execution
     */
    List<Pass> passes(int stage, PipelineShape shape);

    @Override
    default List<List<Pass>> passes(PipelineShape shape, PassEstimates estimates) {
        List<List<Pass>> stages = new ArrayList<>(shape.stages());
        for (int stage = 0; stage < shape.stages(); stage++) {
            stages.add(passes(stage, shape));
        }
        return stages;
    }
}
