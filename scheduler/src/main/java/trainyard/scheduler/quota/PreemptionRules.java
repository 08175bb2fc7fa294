package trainyard.scheduler.quota;

import java.util.Objects;

/**
 * Whom the jobs of a queue may stop.
 *
 * @param within of its own queue
 * @param reclaim of queues of the cohort that use more than their own, to get back what is its own
 * @param borrowBelow a job that has to borrow may stop borrowers of the cohort whose priority is lower than its own and at most this;
 *     {@link #NO_BORROWING} for none
 */
public record PreemptionRules(Within within, Reclaim reclaim, int borrowBelow) {

    /** A job that has to borrow stops nobody. */
    public static final int NO_BORROWING = Integer.MIN_VALUE;

    /** Nobody, which is what Kueue does where nothing is said (ClusterQueue API v1beta1, looked up November 2026). */
    public static final PreemptionRules NEVER = new PreemptionRules(Within.NEVER, Reclaim.NEVER, NO_BORROWING);

    /** Lower priorities of its own queue, and any borrower. */
    public static final PreemptionRules RECLAIM_ANY =
            new PreemptionRules(Within.LOWER_PRIORITY, Reclaim.ANY, NO_BORROWING);

    /** Which jobs of its own queue. */
    public enum Within {
        /** None. */
        NEVER,
        /** Those of a lower priority. */
        LOWER_PRIORITY,
        /** Those of a lower priority, and those of the same that came later. */
        LOWER_OR_NEWER_EQUAL_PRIORITY
    }

    /** Which jobs of borrowers. */
    public enum Reclaim {
        /** None. */
        NEVER,
        /** Those of a lower priority. */
        LOWER_PRIORITY,
        /** All. */
        ANY
    }

    public PreemptionRules {
        Objects.requireNonNull(within, "within");
        Objects.requireNonNull(reclaim, "reclaim");
    }
}
