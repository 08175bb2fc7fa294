package trainyard.scheduler.placement;

import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeGroups;
import trainyard.scheduler.cluster.NodeShares;

/**
 * Spreads a job over as few groups as possible: whole nodes of the emptiest ones, and the rest in the tightest one that holds it.
 *
 * @param groups islands or racks
 */
record FewestGroups(NodeGroups groups) {

    private static final Consolidate INSIDE = new Consolidate(Consolidate.Choice.BEST_FIT);

    /** Chooses GPUs for a job; returns whether the groups hold it. */
    boolean choose(int gpus, NodeShares chosen) {
        boolean[] used = new boolean[groups.count()];
        NodeShares part = new NodeShares();
        chosen.clear();
        int missing = gpus;
        while (missing > 0) {
            int last = tightest(missing, used, part);
            int group = last == FreeGpus.NONE ? emptiest(used) : last;
            int share = last == FreeGpus.NONE && group != FreeGpus.NONE ? wholeGpus(group, missing) : missing;
            if (group == FreeGpus.NONE || share == 0) {
                chosen.clear();
                return false;
            }
            INSIDE.choose(groups.part(group), share, part);
            part.shift(groups.firstNode(group));
            chosen.addAll(part);
            used[group] = true;
            missing -= share;
        }
        return true;
    }

    private int tightest(int gpus, boolean[] used, NodeShares scratch) {
        int best = FreeGpus.NONE;
        for (int group = 0; group < groups.count(); group++) {
            FreeGpus part = groups.part(group);
            boolean tighter =
                    best == FreeGpus.NONE || part.free() < groups.part(best).free();
            if (!used[group] && tighter && INSIDE.choose(part, gpus, scratch)) {
                best = group;
            }
        }
        return best;
    }

    private int emptiest(boolean[] used) {
        int best = FreeGpus.NONE;
        for (int group = 0; group < groups.count(); group++) {
            boolean emptier = best == FreeGpus.NONE || wholeNodes(group) > wholeNodes(best);
            if (!used[group] && emptier) {
                best = group;
            }
        }
        return best;
    }

    private int wholeNodes(int group) {
        FreeGpus part = groups.part(group);
        return part.nodesWithExactly(part.largestNode());
    }

    private int wholeGpus(int group, int atMost) {
        int perNode = groups.part(group).largestNode();
        return Math.min(wholeNodes(group), atMost / perNode) * perNode;
    }
}
