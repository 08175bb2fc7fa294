package trainyard.faults.detect;

import java.util.Objects;
import trainyard.sim.random.RandomStreams;

/**
 * Nodes send heartbeats to one monitor, each with a phase of its own; the monitor declares a node dead once a number of
 * them in a row is missing. Messages take no time against the period. Heartbeats that arrive are counted, not simulated:
 * the engine has one event for each that is lost, so the cost grows with losses, not with nodes.
 *
 * @param watch what is watched
 * @param periodNanos time between heartbeats of a node, above 0
 * @param misses heartbeats in a row that have to be missing, at least 1
 * @param loss chance that a heartbeat is lost, independent of the others, in [0, 1]
 */
public record HeartbeatSimulation(Watch watch, long periodNanos, int misses, double loss) {

    public HeartbeatSimulation {
        Objects.requireNonNull(watch, "watch");
        if (periodNanos < 1 || misses < 1 || !(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("heartbeats need a period, misses and a chance of loss, got "
                    + periodNanos + " ns, " + misses + " and " + loss);
        }
    }

    /** Runs one replication. The same streams give the same outcome. */
    public DetectorOutcome run(RandomStreams streams) {
        return new HeartbeatMonitor(this, streams).run();
    }
}
