package trainyard.parallel.schedule;

import java.util.List;
import trainyard.parallel.plan.Schedule;

/** The order in which one stage runs its passes. */
public interface PipelineSchedule {

    /**
     * @param stage the stage, from 0
     * @param stages pipeline stages
     * @param microBatches micro-batches of one step
     * @param chunks model chunks per stage
     * @return every (micro-batch, chunk) once forward and once backward, in the order of execution
     */
    List<Pass> passes(int stage, int stages, int microBatches, int chunks);

    static PipelineSchedule of(Schedule schedule) {
        return switch (schedule) {
            case GPIPE -> new GPipe();
            case ONE_F_ONE_B -> new OneForwardOneBackward();
            case INTERLEAVED -> new Interleaved();
        };
    }
}
