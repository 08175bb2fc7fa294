package trainyard.scheduler.quota;

import java.util.List;

/**
 * How queues are served.
 *
 * @param quotas of queues and cohorts; a team without one may use whatever is free
 * @param fairSharing whether the queue that borrows the smallest share is served first, and whether shares decide who is stopped
 * @param strict whether the first job of a queue that does not fit blocks those behind it (StrictFIFO), or whatever fits starts
 *     (BestEffortFIFO, what Kueue does where nothing is said)
 */
public record QuotaRules(List<QuotaSpec> quotas, boolean fairSharing, boolean strict) {

    /** No quotas. */
    public static final QuotaRules NONE = new QuotaRules(List.of(), false, false);

    public QuotaRules {
        quotas = List.copyOf(quotas);
    }

    /** These quotas, with whatever fits and no fair sharing. */
    public static QuotaRules of(List<QuotaSpec> quotas) {
        return new QuotaRules(quotas, false, false);
    }
}
