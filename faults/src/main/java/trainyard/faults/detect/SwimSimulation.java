package trainyard.faults.detect;

import java.util.Objects;
import trainyard.sim.random.RandomStreams;

/**
 * SWIM with suspicion (Das, Gupta and Motivala, DSN 2002): once a period each node pings a random one that it does not hold
 * for dead; without an answer {@code indirect} others ping it in its stead. A node of which no answer came is suspected;
 * the news travels on pings and answers; a suspected node that hears of it contradicts, and one that does not within the
 * suspicion time is declared dead. Messages take no time against the period. As in HashiCorp's memberlist, a live node that
 * hears that it is dead contradicts, too, and each node passes a piece of news on {@code 4 ceil(log10(n + 1))} times.
 *
 * @param watch what is watched; crashes come one after the other, each once all know of the former
 * @param periodNanos time between pings of a node, above 0
 * @param indirect nodes that are asked for help, 0 or more
 * @param suspicionNanos from suspicion to death, 0 or more
 * @param loss chance that a message is lost, independent of the others, in [0, 1)
 */
public record SwimSimulation(Watch watch, long periodNanos, int indirect, long suspicionNanos, double loss) {

    public SwimSimulation {
        Objects.requireNonNull(watch, "watch");
        if (watch.nodes() < 2 || periodNanos < 1 || indirect < 0 || suspicionNanos < 0 || !(loss >= 0 && loss < 1)) {
            throw new IllegalArgumentException("SWIM needs two nodes, a period and a loss below 1, got " + watch.nodes()
                    + ", " + periodNanos + " ns, " + indirect + ", " + suspicionNanos + " ns and " + loss);
        }
    }

    /** How often each of so many nodes passes a piece of news on. */
    public static int passes(int nodes) {
        return 4 * (int) Math.ceil(StrictMath.log10(nodes + 1.0));
    }

    /** Runs one replication. The same streams give the same outcome. */
    public DetectorOutcome run(RandomStreams streams) {
        return new SwimGroup(this, streams).run();
    }
}
