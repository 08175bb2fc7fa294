package trainyard.scheduler.placement;

import java.util.List;
import java.util.Objects;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeGroups;
import trainyard.scheduler.cluster.NodeShares;

/**
 * The narrowest domain that holds a job: a node, an island, a rack, a pool, the cluster. Of domains of one level the one with
 * least free is taken, and in it nodes as {@link Consolidate} with best fit. A job that no domain of a level holds is spread
 * over as few of them as possible: of those, whole nodes of the emptiest first and the rest in the tightest one, as topology-aware
 * scheduling of Kueue does (KEP 2724, best fit).
 *
 * @param widest the widest domain over which a job may be spread; one that no such domain holds waits
 */
public record TopologyAware(DomainLevel widest) implements Placement {

    private static final Consolidate INSIDE = new Consolidate(Consolidate.Choice.BEST_FIT);
    private static final List<DomainLevel> GROUPS = List.of(DomainLevel.ISLAND, DomainLevel.RACK);

    public TopologyAware {
        Objects.requireNonNull(widest, "widest");
    }

    @Override
    public String name() {
        return widest == DomainLevel.CLUSTER ? "topology" : "topology-" + widest.word();
    }

    @Override
    public boolean choose(FreeGpus free, int gpus, NodeShares chosen) {
        chosen.clear();
        if (free.free() < gpus) {
            return false;
        }
        if (gpus <= free.largestNode() && INSIDE.choose(free, gpus, chosen)) {
            return true;
        }
        for (DomainLevel level : GROUPS) {
            if (level.compareTo(widest) <= 0 && free.hasGroups(level) && tightest(free.groups(level), gpus, chosen)) {
                return true;
            }
        }
        if (widest.compareTo(DomainLevel.POOL) < 0) {
            return false;
        }
        return overMany(widest == DomainLevel.POOL ? DomainLevel.POOL : DomainLevel.CLUSTER, free, gpus, chosen);
    }

    private static boolean tightest(NodeGroups groups, int gpus, NodeShares chosen) {
        int best = tightestGroup(groups, gpus, chosen);
        if (best == FreeGpus.NONE) {
            chosen.clear();
            return false;
        }
        INSIDE.choose(groups.part(best), gpus, chosen);
        chosen.shift(groups.firstNode(best));
        return true;
    }

    private static int tightestGroup(NodeGroups groups, int gpus, NodeShares scratch) {
        int best = FreeGpus.NONE;
        int least = Integer.MAX_VALUE;
        for (int group = 0; group < groups.count(); group++) {
            FreeGpus part = groups.part(group);
            if (part.free() < least && INSIDE.choose(part, gpus, scratch)) {
                best = group;
                least = part.free();
            }
        }
        return best;
    }

    /** Over several racks of one pool if there is one that holds the job, else and if allowed over several pools. */
    private static boolean overMany(DomainLevel widest, FreeGpus free, int gpus, NodeShares chosen) {
        if (free.hasGroups(DomainLevel.POOL)) {
            NodeGroups pools = free.groups(DomainLevel.POOL);
            for (int pool = 0; pool < pools.count(); pool++) {
                if (overGroups(pools.part(pool), gpus, chosen)) {
                    chosen.shift(pools.firstNode(pool));
                    return true;
                }
            }
        }
        return widest == DomainLevel.CLUSTER && overGroups(free, gpus, chosen);
    }

    private static boolean overGroups(FreeGpus free, int gpus, NodeShares chosen) {
        for (DomainLevel level : List.of(DomainLevel.RACK, DomainLevel.ISLAND)) {
            if (free.hasGroups(level) && new FewestGroups(free.groups(level)).choose(gpus, chosen)) {
                return true;
            }
        }
        return INSIDE.choose(free, gpus, chosen);
    }

    /** Whole nodes of the emptiest groups, and the rest in the tightest one that holds it. */
    private record FewestGroups(NodeGroups groups) {

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
}
