package trainyard.parallel.model.adapter;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Low-rank adapters (Hu et al. 2021, LoRA, section 4.1): beside a frozen weight of k x n lie trained matrices of k x r and
 * r x n, whose product is added to its result. The scale that their result is multiplied by does not change what a step
 * costs.
 *
 * @param rank r, at least 1
 * @param modules products that carry one, at least one
 */
public record Adapters(int rank, Set<AdapterModule> modules) {

    public Adapters {
        if (rank < 1) {
            throw new IllegalArgumentException("rank must be at least 1, got " + rank);
        }
        if (modules.isEmpty()) {
            throw new IllegalArgumentException("adapters need at least one module");
        }
        modules = Collections.unmodifiableSet(EnumSet.copyOf(modules));
    }
}
