package trainyard.parallel.schedule;

import java.util.List;
import trainyard.parallel.plan.Schedule;

/** The order in which the stages of a pipeline run their passes. */
public interface PipelineSchedule {

    /**
     * @param shape stages, micro-batches and chunks
     * @param estimates what a schedule that is made from times is made from; the others look at the shape alone
     * @return for each stage every (micro-batch, chunk) once forward and once backward, whole or as input and weight
     *     part, in the order of execution
     */
    List<List<Pass>> passes(PipelineShape shape, PassEstimates estimates);

    static PipelineSchedule of(Schedule schedule) {
        return switch (schedule) {
            case GPIPE -> new GPipe();
            case ONE_F_ONE_B -> new OneForwardOneBackward();
            case INTERLEAVED -> new Interleaved();
            case ZB_H1 -> new ZeroBubbleH1();
            case ZB_H2 -> new ZeroBubbleH2();
            case ZB_1P -> new ZeroBubbleAutomatic(1);
            case ZB_2P -> new ZeroBubbleAutomatic(2);
            case ZB_V -> new ZeroBubbleV();
            case V_HALF -> new VHalf();
            case V_MIN -> new VMin();
            case DUALPIPE -> new DualPipe();
        };
    }
}
