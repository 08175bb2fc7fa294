package trainyard.parallel.input;

import java.util.List;

/**
 * Steps that were watched.
 *
 * @param steps in their order; those of the warm-up are left out
 * @param checkpointSeconds time that each checkpoint took that was finished by the end
 */
public record InputWindow(List<StepRecord> steps, List<Double> checkpointSeconds) {

    public InputWindow {
        steps = List.copyOf(steps);
        checkpointSeconds = List.copyOf(checkpointSeconds);
    }

    /** Time from the start of the first step to the end of the last. */
    public double seconds() {
        return steps.stream().mapToDouble(StepRecord::seconds).sum();
    }

    /** Mean time of a step. */
    public double stepSeconds() {
        return seconds() / steps.size();
    }

    /** Share of the time in which the job waited for data. */
    public double stallShare() {
        return steps.stream().mapToDouble(StepRecord::stallSeconds).sum() / seconds();
    }

    /** Micro-batches that lie ready at the end of a step, on average. */
    public double buffered() {
        return steps.stream().mapToDouble(StepRecord::buffered).average().orElse(0);
    }
}
