package trainyard.faults.recovery;

import java.util.Objects;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;

/**
 * How long the parts of a stall take, in seconds. Each incident draws its own.
 *
 * @param detectExplicit until an explicit fault is noticed
 * @param detectHang until a hang is noticed: the timeout of a collective, or what a watchdog needs
 * @param diagnose until it is known which nodes to do without
 * @param queue wait in the queue of a job that starts again
 * @param initialise processes, libraries and communicators of a job that starts
 * @param reconfigure the same where nodes that run take others in or go on with fewer
 * @param copy until a node has its part of the state from another node that holds it
 */
public record RecoveryTimes(
        Distribution detectExplicit,
        Distribution detectHang,
        Distribution diagnose,
        Distribution queue,
        Distribution initialise,
        Distribution reconfigure,
        Distribution copy) {

    private static final Distribution NONE = new Fixed(0);

    public RecoveryTimes {
        Objects.requireNonNull(detectExplicit, "detectExplicit");
        Objects.requireNonNull(detectHang, "detectHang");
        Objects.requireNonNull(diagnose, "diagnose");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(initialise, "initialise");
        Objects.requireNonNull(reconfigure, "reconfigure");
        Objects.requireNonNull(copy, "copy");
    }

    /** A stall of two fixed parts: until the job starts again, and its start. */
    public static RecoveryTimes fixed(double detectSeconds, double initialiseSeconds) {
        Distribution start = new Fixed(initialiseSeconds);
        Distribution detect = new Fixed(detectSeconds);
        return new RecoveryTimes(detect, detect, NONE, NONE, start, start, NONE);
    }
}
