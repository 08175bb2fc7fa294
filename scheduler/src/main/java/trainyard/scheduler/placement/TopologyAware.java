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
}
