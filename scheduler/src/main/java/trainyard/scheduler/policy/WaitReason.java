package trainyard.scheduler.policy;

import java.util.Objects;

/**
 * Why a job that waits does not run, as its policy sees it right after a pass.
 *
 * @param cause what is in the way
 * @param other the job that it waits for; {@link #NO_JOB} if there is no single one
 * @param atNanos when it is expected to start if all run as long as their owners state; {@link #UNKNOWN} if nobody knows
 */
public record WaitReason(Cause cause, int other, long atNanos) {

    /** No single job. */
    public static final int NO_JOB = -1;

    /** No time. */
    public static final long UNKNOWN = -1;

    /** What is in the way of a job. */
    public enum Cause {
        /** Fewer GPUs are free than it wants. */
        TOO_FEW_GPUS("fewer GPUs are free than it wants"),
        /** Enough GPUs are free, but not where the placement needs them. */
        FRAGMENTED("enough GPUs are free, but not where it needs them"),
        /** The queue does not let it overtake. */
        BEHIND("it may not overtake"),
        /** It would delay a job that has a reservation. */
        RESERVATION("it would delay a reservation"),
        /** The cluster lacks processors or memory for it. */
        HOST("processors or memory are used up"),
        /** Its team or queue may use no more. */
        QUOTA("the quota of its team is used up"),
        /** Its queue has its quota and what the others of its cohort do not use. */
        COHORT("the quota of its team and what others lend it are used up"),
        /** It holds some of its GPUs and waits for the rest. */
        HOLDS_PART("it holds some of its GPUs and waits for the rest"),
        /** The policy looks only at the first jobs of the queue. */
        BEYOND_DEPTH("the policy does not look so far down the queue"),
        /** It would fit, but its turn comes later. */
        TURN("others come first");

        private final String sentence;

        Cause(String sentence) {
            this.sentence = sentence;
        }

        /** In words. */
        public String sentence() {
            return sentence;
        }
    }

    public WaitReason {
        Objects.requireNonNull(cause, "cause");
    }

    /** A cause without a job or a time. */
    public static WaitReason of(Cause cause) {
        return new WaitReason(cause, NO_JOB, UNKNOWN);
    }

    /** It waits for another job. */
    public static WaitReason of(Cause cause, int other) {
        return new WaitReason(cause, other, UNKNOWN);
    }

    /**
     * It waits for a moment.
     *
     * @param atNanos {@link Long#MAX_VALUE} for never by what is known, so nobody knows
     */
    public static WaitReason until(Cause cause, long atNanos) {
        return new WaitReason(cause, NO_JOB, atNanos == Long.MAX_VALUE ? UNKNOWN : atNanos);
    }

    /** What the free GPUs alone say: too few, in the wrong places, or enough. */
    public static WaitReason ofCluster(SchedulingContext context, int job) {
        if (context.freeGpus() < context.gpus(job)) {
            return of(Cause.TOO_FEW_GPUS);
        }
        return of(context.fits(job) ? Cause.TURN : Cause.FRAGMENTED);
    }
}
