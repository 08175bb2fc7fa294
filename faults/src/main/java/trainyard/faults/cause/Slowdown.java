package trainyard.faults.cause;

import java.util.Objects;
import java.util.Optional;
import trainyard.sim.random.Distribution;

/**
 * A component that goes on at a lower speed (fail-slow).
 *
 * @param speed share of its full speed that the component has left, in [0, 1); 0 only for a link, whose traffic the other
 *     ports of its node take over
 * @param lastsSeconds time after which it is well again by itself, such as one that was too hot; empty where only a repair
 *     helps
 */
public record Slowdown(double speed, Optional<Distribution> lastsSeconds) {

    public Slowdown {
        Objects.requireNonNull(lastsSeconds, "lastsSeconds");
        if (!(speed >= 0 && speed < 1)) {
            throw new IllegalArgumentException("a slow component has a share of [0, 1) of its speed, got " + speed);
        }
    }
}
