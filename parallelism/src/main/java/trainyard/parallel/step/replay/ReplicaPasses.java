package trainyard.parallel.step.replay;

import java.util.List;

/**
 * The passes of replicas that do the same at the same time, up to the point where they meet the others.
 *
 * @param stages what each pipeline stage did
 */
public record ReplicaPasses(List<StagePasses> stages) {

    /**
     * The passes of one stage.
     *
     * @param startNanos start of the first
     * @param doneNanos end of the last
     * @param booked where the time until then went; not to be changed
     * @param gradients passes that completed the gradients of a chunk, in order
     */
    record StagePasses(long startNanos, long doneNanos, Bookings booked, List<Completion> gradients) {

        /** The pass that completed the gradients of a chunk. */
        Completion gradientsOf(int chunk) {
            return gradients.stream()
                    .filter(completion -> completion.chunk() == chunk)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A pass that completes the gradients of a chunk; its buckets become ready one by one while it runs. */
    record Completion(int chunk, long startNanos, long endNanos) {

        /** When a bucket is ready. */
        long readyNanos(int bucket, int buckets) {
            return startNanos + Math.round((endNanos - startNanos) * (bucket + 1.0) / buckets);
        }
    }
}
