package trainyard.scheduler.quota;

import java.util.Collection;
import java.util.Comparator;
import java.util.TreeMap;

/** How many jobs of each number of GPUs wait in a queue, and one of them, whose needs are taken to be those of the others. */
final class WaitingSizes {

    private final TreeMap<Integer, Size> sizes = new TreeMap<>(Comparator.reverseOrder());

    /**
     * Jobs of one size.
     *
     * @param gpus of each
     * @param jobs that wait, at least 1
     * @param example one of them
     */
    record Size(int gpus, int jobs, int example) {}

    void add(int gpus, int job) {
        sizes.merge(gpus, new Size(gpus, 1, job), (known, one) -> new Size(gpus, known.jobs() + 1, known.example()));
    }

    void take(int gpus) {
        sizes.computeIfPresent(
                gpus, (key, known) -> known.jobs() == 1 ? null : new Size(gpus, known.jobs() - 1, known.example()));
    }

    Collection<Size> widestFirst() {
        return sizes.values();
    }
}
