package trainyard.faults.detect;

import java.util.Objects;
import trainyard.sim.random.RandomStreams;

/**
 * The phi accrual failure detector (Hayashibara et al., SRDS 2004): one monitor keeps the last times between heartbeats of
 * each node, fits a normal distribution to them and suspects a node once the chance of so long a silence is below
 * {@code 10^-phi}. Every silence goes into the history, so that lost heartbeats make the detector more patient.
 *
 * @param watch what is watched
 * @param periodNanos mean time between two heartbeats that a node sends, above 0
 * @param jitterNanos standard deviation of that time, which is normal and cut off at 0; above 0
 * @param phi threshold, above 0
 * @param window times that are kept of each node, at least 2; the history is full at the start
 * @param loss chance that a heartbeat is lost, in [0, 1)
 */
public record PhiAccrualSimulation(
        Watch watch, long periodNanos, long jitterNanos, double phi, int window, double loss) {

    public PhiAccrualSimulation {
        Objects.requireNonNull(watch, "watch");
        if (periodNanos < 1 || jitterNanos < 1 || !(phi > 0 && phi <= 300) || window < 2 || !(loss >= 0 && loss < 1)) {
            throw new IllegalArgumentException(
                    "phi accrual needs a period, a jitter, a threshold up to 300, a history of"
                            + " two times and a loss below 1, got " + periodNanos + " ns, " + jitterNanos + " ns, "
                            + phi + ", "
                            + window + " and " + loss);
        }
    }

    /** Runs one replication. The same streams give the same outcome. */
    public DetectorOutcome run(RandomStreams streams) {
        return new PhiAccrualMonitor(this, streams).run();
    }
}
