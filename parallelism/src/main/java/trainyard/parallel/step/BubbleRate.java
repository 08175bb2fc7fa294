package trainyard.parallel.step;

import java.util.Collections;
import java.util.List;
import trainyard.parallel.schedule.PassEstimates;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.price.PassCost;
import trainyard.parallel.step.price.StageMessages;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;
import trainyard.parallel.step.replay.StepReplay;
import trainyard.sim.engine.Simulation;

/**
 * Idle share of a pipeline of equal stages: {@code 1 - m (TF + TB + TW) / cost}, where cost is the longest time that a
 * stage is at work (Qi et al. 2024, section 5.2, table 5). Sending holds nobody up and there is no update.
 */
public final class BubbleRate {

    private BubbleRate() {}

    /**
     * @param times seconds of the passes of one micro-batch through one chunk, and of a message
     * @return the share, in [0, 1)
     */
    public static double of(Schedule schedule, PipelineShape shape, PassEstimates times) {
        StepReplay replay = StepReplay.run(
                timing(shape, times), PipelineProgram.of(schedule, shape, times), new Simulation(), span -> {});
        double perMicroBatch = times.forward() + times.inputBackward() + times.weight();
        // Each micro-batch visits every stage once for each chunk that is not a copy of another.
        double visits = (double) shape.microBatches()
                * shape.chunks()
                / schedule.placement().copies();
        return 1 - visits * perMicroBatch * 1e9 / replay.endNanos();
    }

    private static StepTiming timing(PipelineShape shape, PassEstimates times) {
        ChunkTiming chunk = new ChunkTiming(
                compute(times.forward()),
                compute(times.inputBackward() + times.weight()),
                compute(times.inputBackward()),
                compute(times.weight()),
                List.of());
        List<Double> nothing = Collections.nCopies(shape.stages(), 0.0);
        return new StepTiming(
                Collections.nCopies(shape.stages(), Collections.nCopies(shape.chunks(), chunk)),
                StageMessages.alike(times.message()),
                false,
                false,
                nothing,
                nothing,
                0);
    }

    private static PassCost compute(double seconds) {
        return PassCost.compute(seconds);
    }
}
