package trainyard.parallel.search;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a search found.
 *
 * @param best the best plans by the objective, replayed, best first
 * @param front the plans that no other beats in time, memory and cost at once, fastest first
 * @param candidates plans of the space that contradict nothing
 * @param priced of those, the ones that the analytic model priced, in the order of their bound
 * @param excluded how many plans of the space were left out, by reason
 */
public record SearchResult(
        List<VerifiedPlan> best,
        List<PricedPlan> front,
        int candidates,
        List<PricedPlan> priced,
        Map<Exclusion, Long> excluded) {

    public SearchResult {
        best = List.copyOf(best);
        front = List.copyOf(front);
        priced = List.copyOf(priced);
        Map<Exclusion, Long> copy = new EnumMap<>(Exclusion.class);
        copy.putAll(excluded);
        excluded = Collections.unmodifiableMap(copy);
    }

    /** Plans of the space: those that were priced and those that were left out. */
    public long plans() {
        return priced.size()
                + excluded.values().stream().mapToLong(Long::longValue).sum();
    }
}
