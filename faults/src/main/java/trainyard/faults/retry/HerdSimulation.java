package trainyard.faults.retry;

import java.util.Objects;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.RandomStreams;

/**
 * Clients that all want to read from one store at the same time, such as ranks that load a checkpoint after a fault. The
 * store serves so many requests at a time and turns the others away at once; who is turned away tries again after a wait.
 *
 * @param clients how many, at least 1
 * @param slots requests that the store serves at a time, at least 1
 * @param serviceSeconds how long one takes, above 0
 * @param outageSeconds how long after the start the store cannot be reached at all; drawn once for all clients
 * @param backoff waits between tries
 */
public record HerdSimulation(
        int clients, int slots, double serviceSeconds, Distribution outageSeconds, BackoffRule backoff) {

    public HerdSimulation {
        Objects.requireNonNull(outageSeconds, "outageSeconds");
        Objects.requireNonNull(backoff, "backoff");
        if (clients < 1 || slots < 1 || !(serviceSeconds > 0 && serviceSeconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a herd needs clients, slots and a time of service, got " + clients
                    + ", " + slots + " and " + serviceSeconds + " s");
        }
    }

    /** Runs one replication. The same streams give the same outcome. */
    public HerdOutcome run(RandomStreams streams) {
        return new Herd(this, streams).run();
    }
}
