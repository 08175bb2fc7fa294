package trainyard.faults.cause;

import java.util.Objects;
import java.util.Optional;

/**
 * What is not so of every cause of faults.
 *
 * @param transientShare share of the faults after which the node can be used again at once; 0 to 1
 * @param slowdown what is left of the speed: of slow faults, and of hangs of links behind which the job goes on over something slower
 * @param burst how one fault sets off others; empty where each comes by itself
 * @param wear how parts fail more often after each repair; empty where they are as good as new
 * @param noticeSeconds how long before a fault it is announced; 0 where it is not
 * @param onlyAtWork whether a fault of nodes none of which a job holds does not happen: spares that are switched off, or parts
 *     that fail under load alone. The clock of an idle part runs on, so that it is as if that fault had not been; exact for
 *     exponential times, and no part ages less where times have a memory
 */
public record FaultTraits(
        double transientShare,
        Optional<Slowdown> slowdown,
        Optional<Burst> burst,
        Optional<Wear> wear,
        double noticeSeconds,
        boolean onlyAtWork) {

    /** Nothing of it. */
    public static final FaultTraits NONE =
            new FaultTraits(0, Optional.empty(), Optional.empty(), Optional.empty(), 0, false);

    public FaultTraits {
        Objects.requireNonNull(slowdown, "slowdown");
        Objects.requireNonNull(burst, "burst");
        Objects.requireNonNull(wear, "wear");
        if (!(transientShare >= 0 && transientShare <= 1)) {
            throw new IllegalArgumentException("the transient share must lie in [0, 1], got " + transientShare);
        }
        if (!(noticeSeconds >= 0)) {
            throw new IllegalArgumentException("a notice is 0 or more, got " + noticeSeconds);
        }
    }

    public FaultTraits withTransientShare(double share) {
        return new FaultTraits(share, slowdown, burst, wear, noticeSeconds, onlyAtWork);
    }

    public FaultTraits withNotice(double seconds) {
        return new FaultTraits(transientShare, slowdown, burst, wear, seconds, onlyAtWork);
    }

    public FaultTraits with(Slowdown other) {
        return new FaultTraits(transientShare, Optional.of(other), burst, wear, noticeSeconds, onlyAtWork);
    }

    public FaultTraits with(Burst other) {
        return new FaultTraits(transientShare, slowdown, Optional.of(other), wear, noticeSeconds, onlyAtWork);
    }

    public FaultTraits with(Wear other) {
        return new FaultTraits(transientShare, slowdown, burst, Optional.of(other), noticeSeconds, onlyAtWork);
    }

    /** The same of nodes alone that a job holds. */
    public FaultTraits withOnlyAtWork(boolean atWork) {
        return new FaultTraits(transientShare, slowdown, burst, wear, noticeSeconds, atWork);
    }
}
