package trainyard.faults.detect;

import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.Visibility;
import trainyard.sim.random.Distribution;

/**
 * Latencies as they are stated.
 *
 * @param explicit seconds until an explicit fault is noticed
 * @param hang seconds until a hang is noticed
 */
public record StatedDetector(Distribution explicit, Distribution hang) implements Detector {

    public StatedDetector {
        Objects.requireNonNull(explicit, "explicit");
        Objects.requireNonNull(hang, "hang");
    }

    @Override
    public boolean watches(Fault fault) {
        return fault.cause().visibility() == Visibility.EXPLICIT
                || fault.cause().visibility() == Visibility.HANG;
    }

    @Override
    public double latencySeconds(Fault fault, UniformRandomProvider draws) {
        Distribution law = fault.cause().visibility() == Visibility.HANG ? hang : explicit;
        return law.sampler(draws).sample();
    }
}
