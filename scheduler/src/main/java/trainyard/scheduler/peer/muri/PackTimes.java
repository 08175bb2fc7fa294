package trainyard.scheduler.peer.muri;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Times of an iteration of packs, each worked out once: they go by the stated times of their jobs, whatever the order. */
final class PackTimes {

    private static final int MOST_KINDS = 1 << 15;

    private final Map<List<Double>, Integer> kinds = new HashMap<>();
    private final Map<Long, Double> seconds = new HashMap<>();

    /** The time of some jobs, at most four. */
    double of(List<MuriState> jobs, ToDoubleFunction<List<MuriState>> source) {
        int[] ids = new int[jobs.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = kinds.computeIfAbsent(jobs.get(i).job.resourceSeconds(), unseen -> kinds.size() + 1);
            if (ids[i] >= MOST_KINDS) {
                return source.applyAsDouble(jobs);
            }
        }
        Arrays.sort(ids);
        long key = 0;
        for (int id : ids) {
            key = key * MOST_KINDS + id;
        }
        Double known = seconds.get(key);
        if (known == null) {
            known = source.applyAsDouble(jobs);
            seconds.put(key, known);
        }
        return known;
    }
}
