package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.List;
import trainyard.scheduler.cluster.NodeShares;

/** Until when jobs that were stopped still save: on which nodes, and which jobs. Until a pass is over a save can be taken back. */
final class Saves {

    private final long[] overOnNode;
    private final long[] overOfJob;
    /** On nodes on which saves began in the present pass, what was so before. */
    private final long[] overBefore;

    private final List<Save> begun = new ArrayList<>();

    /** A save of the present pass. */
    private record Save(int job, NodeShares shares, long endNanos) {

        boolean isOn(int node) {
            for (int i = 0; i < shares.count(); i++) {
                if (shares.node(i) == node) {
                    return true;
                }
            }
            return false;
        }
    }

    Saves(int nodes, int jobs) {
        overOnNode = new long[nodes];
        overBefore = new long[nodes];
        overOfJob = new long[jobs];
    }

    /**
     * A job saves.
     *
     * @param shares where; kept until the pass is over
     */
    void begin(int job, NodeShares shares, long endNanos) {
        overOfJob[job] = endNanos;
        for (int i = 0; i < shares.count(); i++) {
            int node = shares.node(i);
            if (begun.stream().noneMatch(save -> save.isOn(node))) {
                overBefore[node] = overOnNode[node];
            }
            overOnNode[node] = Math.max(overOnNode[node], endNanos);
        }
        begun.add(new Save(job, shares, endNanos));
    }

    /** A job that was to save in the present pass does not. */
    void takeBack(int job, NodeShares shares) {
        begun.removeIf(save -> save.job() == job);
        overOfJob[job] = 0;
        for (int i = 0; i < shares.count(); i++) {
            int node = shares.node(i);
            overOnNode[node] = begun.stream()
                    .filter(save -> save.isOn(node))
                    .mapToLong(Save::endNanos)
                    .reduce(overBefore[node], Math::max);
        }
    }

    /** A pass is over. */
    void settle() {
        begun.clear();
    }

    /** When a job can begin on some nodes: once nobody saves there any more, and its own save is over. */
    long over(int job, NodeShares shares) {
        long over = overOfJob[job];
        for (int i = 0; i < shares.count(); i++) {
            over = Math.max(over, overOnNode[shares.node(i)]);
        }
        return over;
    }
}
