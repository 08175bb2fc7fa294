package trainyard.parallel.condition;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the ranks of a job differ from each other. A fault model makes one of the nodes that are slow and asks a step model for
 * the cost of the job under it; no constant stands for "a slow GPU".
 *
 * @param ranks ranks that differ from a healthy one of the cluster's own type, by their number
 * @param jitter compute times that vary; empty where they do not
 * @param microBatches micro-batches of one step of each replica; empty: as many for each
 */
public record JobCondition(
        SortedMap<Integer, RankCondition> ranks, Optional<ComputeJitter> jitter, List<Integer> microBatches) {

    /** All ranks alike. */
    public static final JobCondition EVEN = new JobCondition(Collections.emptySortedMap(), Optional.empty(), List.of());

    public JobCondition {
        Objects.requireNonNull(jitter, "jitter");
        ranks = Collections.unmodifiableSortedMap(new TreeMap<>(ranks));
        microBatches = List.copyOf(microBatches);
    }

    /** Ranks that differ, nothing else. */
    public static JobCondition of(Map<Integer, RankCondition> ranks) {
        return new JobCondition(new TreeMap<>(ranks), Optional.empty(), List.of());
    }

    public JobCondition with(ComputeJitter other) {
        return new JobCondition(ranks, Optional.of(other), microBatches);
    }

    public JobCondition withMicroBatches(List<Integer> ofReplicas) {
        return new JobCondition(ranks, jitter, ofReplicas);
    }

    public RankCondition rank(int rank) {
        return ranks.getOrDefault(rank, RankCondition.HEALTHY);
    }

    /** Whether all ranks do the same at the same time. */
    public boolean isEven() {
        return ranks.isEmpty() && jitter.isEmpty() && microBatches.isEmpty();
    }
}
