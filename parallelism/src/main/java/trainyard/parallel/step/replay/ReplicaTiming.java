package trainyard.parallel.step.replay;

import java.util.Collections;
import java.util.List;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.step.price.StageMessages;
import trainyard.parallel.step.price.StepTiming;

/**
 * What the replay needs of replicas that do the same at the same time.
 *
 * @param name which ones, such as {@code 3} or {@code 0 and 61 like it}
 * @param timing durations of their passes
 * @param program order of their passes
 * @param messages that a stage sends or receives; the slower of the two ends decides
 * @param ownShares for each stage, time of an update on the mean rank over that on the slowest of the replica
 * @param jitter what chance does to their passes
 */
public record ReplicaTiming(
        String name,
        StepTiming timing,
        PipelineProgram program,
        List<StageMessages> messages,
        List<Double> ownShares,
        JitterDraws jitter) {

    /** Replicas that are all alike. */
    static ReplicaTiming all(StepTiming timing, PipelineProgram program) {
        int stages = timing.stages();
        return new ReplicaTiming(
                "",
                timing,
                program,
                Collections.nCopies(stages, timing.messages()),
                Collections.nCopies(stages, 1.0),
                JitterDraws.NONE);
    }

    double message(int from, int to) {
        return Math.max(messages.get(from).seconds(from, to), messages.get(to).seconds(from, to));
    }

    int microBatches() {
        return program.shape().microBatches();
    }
}
