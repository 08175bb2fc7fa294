package trainyard.faults.retry;

import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.random.RandomStreams;

/**
 * One client whose tries succeed with the same chance each, by themselves, and take no time.
 *
 * @param backoff waits between tries
 * @param success chance of one try, in [0, 1]
 */
public record RetrySimulation(BackoffRule backoff, double success) {

    /**
     * What came of it.
     *
     * @param succeeded whether a try did
     * @param tries how many there were
     * @param waitedSeconds all waits
     */
    public record Outcome(boolean succeeded, int tries, double waitedSeconds) {}

    public RetrySimulation {
        Objects.requireNonNull(backoff, "backoff");
        if (!(success >= 0 && success <= 1)) {
            throw new IllegalArgumentException("the chance of a try must be from 0 to 1, got " + success);
        }
    }

    /** Runs one replication. The same streams give the same outcome. */
    public Outcome run(RandomStreams streams) {
        Simulation simulation = new Simulation();
        Client client = new Client(new Timeline(simulation), streams);
        client.attempt(0);
        simulation.run();
        return new Outcome(client.succeeded, client.tries, SimTime.seconds(simulation.now()));
    }

    private final class Client {

        private final Activity life;
        private final UniformRandomProvider chances;
        private final UniformRandomProvider waits;
        private int tries;
        private boolean succeeded;

        Client(Timeline timeline, RandomStreams streams) {
            life = new Activity(timeline, 0);
            chances = streams.stream("retry/success");
            waits = streams.stream("retry/wait");
        }

        void attempt(long nowNanos) {
            succeeded = chances.nextDouble() < success;
            if (!succeeded && backoff.triesAgain(tries)) {
                life.hold(backoff.waitSeconds(tries, waits), this::attempt);
            }
            tries++;
        }
    }
}
