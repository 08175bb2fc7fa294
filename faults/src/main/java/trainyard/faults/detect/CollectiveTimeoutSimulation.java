package trainyard.faults.detect;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;

/**
 * A timeout on the collectives of a job. A hang costs the timeout; an operation that was merely slow is taken for a hang
 * and costs a restart. Operations of usual length are counted, not simulated.
 *
 * @param operationSeconds time h between operations, above 0
 * @param tailPerSecond rate a at which long operations become rarer: one is longer than t with chance {@code e^(-a t)}
 * @param hangsPerSecond lambda, exponential
 * @param restartSeconds cost of a restart without cause
 * @param timeoutSeconds theta, 0 or more
 * @param nanos work that is watched, above 0
 */
public record CollectiveTimeoutSimulation(
        double operationSeconds,
        double tailPerSecond,
        double hangsPerSecond,
        double restartSeconds,
        double timeoutSeconds,
        long nanos) {

    /**
     * What came of it.
     *
     * @param hangs operations that hung
     * @param falseAlarms slow ones that were taken for hangs
     * @param lostSeconds what both cost
     */
    public record Outcome(long hangs, long falseAlarms, double lostSeconds) {}

    public CollectiveTimeoutSimulation {
        if (!(operationSeconds > 0 && tailPerSecond > 0 && hangsPerSecond > 0 && restartSeconds > 0)
                || !(timeoutSeconds >= 0)
                || nanos < 1) {
            throw new IllegalArgumentException("a timeout needs positive times and rates");
        }
    }

    /** Runs one replication. The same streams give the same outcome. */
    public Outcome run(RandomStreams streams) {
        Simulation simulation = new Simulation();
        Watchdog watchdog = new Watchdog(new Timeline(simulation), streams);
        watchdog.awaitHang();
        watchdog.awaitSlow();
        simulation.runUntil(nanos);
        return new Outcome(
                watchdog.hangs,
                watchdog.falseAlarms,
                watchdog.hangs * timeoutSeconds + watchdog.falseAlarms * restartSeconds);
    }

    private final class Watchdog {

        private final Timeline timeline;
        private final ContinuousSampler hang;
        private final LossGaps inTime;
        private long hangs;
        private long falseAlarms;

        Watchdog(Timeline timeline, RandomStreams streams) {
            this.timeline = timeline;
            hang = new Exponential(1 / hangsPerSecond).sampler(streams.stream("timeout/hang"));
            inTime = new LossGaps(StrictMath.exp(-tailPerSecond * timeoutSeconds), streams.stream("timeout/slow"));
        }

        void awaitHang() {
            timeline.after(SimTime.nanos(hang.sample()), 0, now -> {
                hangs++;
                awaitHang();
            });
        }

        void awaitSlow() {
            double seconds = (inTime.next() + 1) * operationSeconds;
            if (seconds <= SimTime.seconds(nanos)) {
                timeline.after(SimTime.nanos(seconds), 0, now -> {
                    falseAlarms++;
                    awaitSlow();
                });
            }
        }
    }
}
