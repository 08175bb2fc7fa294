package trainyard.parallel.input;

/**
 * The processes that load data for one data-parallel rank, as the workers of PyTorch's DataLoader do: each loads whole
 * micro-batches, which are handed on in their order.
 *
 * @param workers processes, at least 1
 * @param prefetch micro-batches that are loaded or being loaded before they are needed; 0 where the training process loads
 *     each when it needs it
 * @param cores cores that the workers share, at least 1
 */
public record Loading(int workers, int prefetch, int cores) {

    public Loading {
        if (workers < 1 || prefetch < 0 || cores < 1) {
            throw new IllegalArgumentException("a loader has at least one worker and core and no negative buffer, got "
                    + workers + ", " + cores + " and " + prefetch);
        }
    }

    /** Micro-batches that can be under way at the same time. */
    int parallel() {
        return Math.max(1, Math.min(workers, prefetch));
    }
}
