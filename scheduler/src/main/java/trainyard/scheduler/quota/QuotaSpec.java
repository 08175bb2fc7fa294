package trainyard.scheduler.quota;

import java.util.Objects;

/**
 * The quota of a queue (a ClusterQueue of Kueue) or of a cohort.
 *
 * @param name of the queue, which is the team of its jobs, or of the cohort
 * @param cohort that it belongs to; empty for none
 * @param isCohort whether it is a cohort
 * @param nominal what it has of its own
 * @param borrowing most that it may use beyond; {@link Amounts#ALL} for no limit
 * @param lending most of its own that others of the cohort may use; {@link Amounts#ALL} for no limit
 * @param weight in fair sharing, above 0
 * @param rules whom its jobs may stop
 */
public record QuotaSpec(
        String name,
        String cohort,
        boolean isCohort,
        Amounts nominal,
        Amounts borrowing,
        Amounts lending,
        double weight,
        PreemptionRules rules) {

    public QuotaSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(cohort, "cohort");
        Objects.requireNonNull(nominal, "nominal");
        Objects.requireNonNull(borrowing, "borrowing");
        Objects.requireNonNull(lending, "lending");
        Objects.requireNonNull(rules, "rules");
        if (!(weight > 0)) {
            throw new IllegalArgumentException("weight of " + name + " is above 0, got " + weight);
        }
    }

    /** A queue without a cohort: a hard quota. */
    public static QuotaSpec hard(String name, Amounts nominal) {
        return new QuotaSpec(name, "", false, nominal, Amounts.ALL, Amounts.ALL, 1, PreemptionRules.NEVER);
    }

    /** A queue of a cohort that borrows and lends without limits. */
    public static QuotaSpec inCohort(String name, String cohort, Amounts nominal, PreemptionRules rules) {
        return new QuotaSpec(name, cohort, false, nominal, Amounts.ALL, Amounts.ALL, 1, rules);
    }

    /** A cohort that adds nothing of its own to what its queues have. */
    public static QuotaSpec cohort(String name, String parent) {
        return new QuotaSpec(name, parent, true, Amounts.NONE, Amounts.ALL, Amounts.ALL, 1, PreemptionRules.NEVER);
    }

    /** The same with limits. */
    public QuotaSpec limited(Amounts newBorrowing, Amounts newLending) {
        return new QuotaSpec(name, cohort, isCohort, nominal, newBorrowing, newLending, weight, rules);
    }
}
