package trainyard.scheduler.goodput;

import java.util.HashMap;
import java.util.Map;

/** The best goodput of jobs that train alike, by part of the work, GPUs and nodes; each worked out once. */
public final class GoodputTable {

    private static final int MOST = 1 << 20;

    private final TrainingProfile profile;
    private final Map<Long, Double> known = new HashMap<>();

    public GoodputTable(TrainingProfile profile) {
        this.profile = profile;
    }

    /** Samples of the initial batch a second with the best batch, as {@link TrainingProfile#bestGoodput}. */
    public double of(int part, int gpus, int nodes) {
        long key = ((long) part * MOST + nodes) * MOST + gpus;
        Double found = known.get(key);
        if (found == null) {
            found = profile.bestGoodput(part, gpus, nodes);
            known.put(key, found);
        }
        return found;
    }
}
