package trainyard.faults.detect;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;

/**
 * A timeout on collectives, the one thing that ends a hang: 600 s for NCCL in PyTorch, and 1,800 s for the monitor of its
 * watchdog. Without one a hang lasts until something else stops the job.
 *
 * @param timeoutSeconds 0 or more; infinite for none
 * @param slow collectives that are slow by themselves and may be taken for hangs; empty where none are
 */
public record CollectiveTimeout(double timeoutSeconds, Optional<SlowOperations> slow) implements Detector {

    /**
     * Collectives of which one takes longer than t with chance {@code e^(-t / tail)}.
     *
     * @param everySeconds time between two, positive
     * @param tailSeconds mean of the exponential tail, positive
     */
    public record SlowOperations(double everySeconds, double tailSeconds) {

        public SlowOperations {
            if (!(everySeconds > 0 && everySeconds < Double.POSITIVE_INFINITY)
                    || !(tailSeconds > 0 && tailSeconds < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "collectives come and last for a positive finite time, got one every " + everySeconds
                                + " s with a tail of " + tailSeconds + " s");
            }
        }
    }

    public CollectiveTimeout {
        Objects.requireNonNull(slow, "slow");
        if (!(timeoutSeconds >= 0)) {
            throw new IllegalArgumentException("a timeout is 0 or more, got " + timeoutSeconds);
        }
    }

    @Override
    public boolean watches(Fault fault) {
        return fault.cause().visibility() == Visibility.HANG;
    }

    @Override
    public double latencySeconds(Fault fault, UniformRandomProvider draws) {
        return timeoutSeconds;
    }

    @Override
    public List<FaultCause> falseAlarms() {
        double secondsBetween = slow.map(operations ->
                        operations.everySeconds() / StrictMath.exp(-timeoutSeconds / operations.tailSeconds()))
                .orElse(Double.POSITIVE_INFINITY);
        return FalseAlarms.every("false alarm of the collective timeout", Scope.JOB, secondsBetween);
    }
}
