package trainyard.faults.detect;

import java.util.Objects;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.Visibility;
import trainyard.sim.random.Distribution;

/**
 * Latencies as they are stated.
 *
 * @param explicit seconds until an explicit fault is noticed
 * @param hang seconds until a hang is noticed
 * @param slow seconds until a slow part is noticed; empty where it never is
 */
public record StatedDetector(Distribution explicit, Distribution hang, Optional<Distribution> slow)
        implements Detector {

    public StatedDetector {
        Objects.requireNonNull(explicit, "explicit");
        Objects.requireNonNull(hang, "hang");
        Objects.requireNonNull(slow, "slow");
    }

    /** One that notices no slow part. */
    public StatedDetector(Distribution explicit, Distribution hang) {
        this(explicit, hang, Optional.empty());
    }

    @Override
    public boolean watches(Fault fault) {
        return law(fault.cause().visibility()).isPresent();
    }

    @Override
    public double latencySeconds(Fault fault, UniformRandomProvider draws) {
        return law(fault.cause().visibility())
                .map(law -> law.sampler(draws).sample())
                .orElse(Double.POSITIVE_INFINITY);
    }

    private Optional<Distribution> law(Visibility visibility) {
        return switch (visibility) {
            case EXPLICIT -> Optional.of(explicit);
            case HANG -> Optional.of(hang);
            case SLOW -> slow;
            case SILENT -> Optional.empty();
        };
    }
}
