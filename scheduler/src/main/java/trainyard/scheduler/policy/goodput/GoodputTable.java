package trainyard.scheduler.policy.goodput;

import java.util.HashMap;
import java.util.Map;
import trainyard.scheduler.goodput.TrainingProfile;

/** The best goodput of jobs that train alike, by part of the work, GPUs and nodes; each worked out once. */
final class GoodputTable {

    private static final int MOST = 1 << 20;

    private final TrainingProfile profile;
    private final Map<Long, Double> known = new HashMap<>();

    GoodputTable(TrainingProfile profile) {
        this.profile = profile;
    }

    double of(int part, int gpus, int nodes) {
        long key = ((long) part * MOST + nodes) * MOST + gpus;
        Double found = known.get(key);
        if (found == null) {
            found = profile.bestGoodput(part, gpus, nodes);
            known.put(key, found);
        }
        return found;
    }
}
