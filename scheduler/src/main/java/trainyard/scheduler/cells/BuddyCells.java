package trainyard.scheduler.cells;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.cluster.NodeStatus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;

/**
 * Buddy allocation of cells with guarantees (Zhao et al., HiveD, OSDI 2020). Each team has a virtual cluster of cells and a job is placed in
 * that as if it were a cluster of its own. Its cells are bound to cells of the cluster when they begin to be used: to one in the smallest
 * cell no part of which is bound, so that larger cells stay whole. As long as all nodes are up and the cells of all teams fit into
 * the cluster, such a cell is there whatever others do (theorem 1 of the paper).
 *
 * <p>Jobs of a priority below 0, and those of teams without cells, are opportunistic: they take GPUs that no other job runs on, of cells
 * that are not bound where there are such, from the end of the cluster. They never change where a guaranteed job goes in its virtual
 * cluster: where it goes, they have to be stopped. Without any quota the whole cluster is one virtual cluster of all jobs.
 *
 * <p>It keeps books of each GPU, so one object serves one run.
 */
public final class BuddyCells implements Placement {

    private static final int NONE = -1;
    /** Virtual cluster of opportunistic jobs. */
    private static final int OPPORTUNISTIC = -1;

    private final CellLevels levels;
    private final int perNode;
    private final CellSpace cluster;
    private final boolean[] used;
    private final boolean[] bound;
    private final Map<String, Integer> teams = new HashMap<>();
    private final VirtualCluster[] virtual;
    private final boolean hasQuotas;
    /** What each job has, or had when it ran last. */
    private final Map<String, Grant> grants = new HashMap<>();
    /** What was found last. */
    private Grant found = new Grant("", OPPORTUNISTIC, new int[0], new int[0]);

    /** GPUs of a job, in its virtual cluster and in the cluster. */
    private record Grant(String job, int team, int[] virtual, int[] physical) {}

    /**
     * @param quotas of teams, each once; empty for one virtual cluster of all
     * @throws IllegalArgumentException if the cluster has several pools, or too few cells for all quotas
     */
    public BuddyCells(ClusterLayout layout, List<CellQuota> quotas) {
        levels = CellLevels.of(layout);
        perNode = layout.pools().get(0).gpusPerNode();
        int[] roots = levels.roots(layout.gpus());
        cluster = new CellSpace(levels, roots);
        CellQuota.shortOf(levels, layout.gpus(), quotas).ifPresent(level -> {
            throw new IllegalArgumentException("the cluster has too few cells of the level "
                    + levels.names().get(level));
        });
        used = new boolean[cluster.gpus()];
        bound = new boolean[cluster.gpus()];
        hasQuotas = !quotas.isEmpty();
        virtual = new VirtualCluster[Math.max(1, quotas.size())];
        virtual[0] = new VirtualCluster(cluster);
        for (int team = 0; team < quotas.size(); team++) {
            teams.put(quotas.get(team).team(), team);
            virtual[team] =
                    new VirtualCluster(new CellSpace(levels, quotas.get(team).roots()));
        }
    }

    @Override
    public String name() {
        return "buddy";
    }

    private int teamOf(ClusterJob job) {
        if (!hasQuotas) {
            return 0;
        }
        return job.traits().priority() < 0 ? OPPORTUNISTIC : teams.getOrDefault(job.team(), OPPORTUNISTIC);
    }

    /** Jobs of one virtual cluster fit alike. */
    @Override
    public Object kind(ClusterJob job) {
        return teamOf(job);
    }

    @Override
    public boolean tellsGpusApart() {
        return true;
    }

    /**
     * @throws UnsupportedOperationException always: where it may be depends on whose job it is
     */
    @Override
    public boolean choose(FreeGpus free, int gpus, NodeShares chosen) {
        throw new UnsupportedOperationException("cells are found for a job, not for a number");
    }

    @Override
    public boolean choose(FreeGpus free, ClusterJob job, int gpus, NodeShares chosen) {
        chosen.clear();
        int team = teamOf(job);
        Grant grant = team == OPPORTUNISTIC ? opportunistic(free, job, gpus) : guaranteed(free, job, team, gpus);
        if (grant.physical.length == 0) {
            return false;
        }
        found = grant;
        addShares(grant.physical, chosen);
        return true;
    }

    private Grant opportunistic(FreeGpus free, ClusterJob job, int gpus) {
        IntPredicate idle = gpu -> !used[gpu] && isUp(free, gpu);
        int[] physical = cluster.pick(gpus, gpu -> idle.test(gpu) && !bound[gpu], true);
        if (physical.length == 0) {
            physical = cluster.pick(gpus, idle, true);
        }
        return new Grant(job.id(), OPPORTUNISTIC, new int[0], physical);
    }

    private boolean isUp(FreeGpus free, int gpu) {
        return free.status(gpu / perNode) == NodeStatus.UP;
    }

    private Grant guaranteed(FreeGpus free, ClusterJob job, int team, int gpus) {
        VirtualCluster own = virtual[team];
        int[] places = own.space()
                .pick(
                        gpus,
                        gpu -> !own.isUsed(gpu)
                                && (own.bound(gpu) == VirtualCluster.UNBOUND || isUp(free, own.physical(gpu))),
                        false);
        int[] physical = bind(free, own, places);
        for (int gpu : physical) {
            if (used[gpu]) {
                return new Grant(job.id(), team, places, new int[0]);
            }
        }
        return new Grant(job.id(), team, places, physical);
    }

    /** GPUs of the cluster for places in a virtual one, with cells for those that are not bound; none if a cell is not there. */
    private int[] bind(FreeGpus free, VirtualCluster own, int[] places) {
        int[] physical = new int[places.length];
        boolean[] taken = {};
        Map<Integer, Integer> starts = new HashMap<>();
        for (int i = 0; i < places.length; i++) {
            int root = own.space().rootStart(places[i]);
            boolean isNew = own.bound(places[i]) == VirtualCluster.UNBOUND && !starts.containsKey(root);
            if (isNew) {
                taken = taken.length == 0 ? bound.clone() : taken;
                int cell = cellFor(free, own, places, root, taken);
                if (cell == NONE) {
                    return new int[0];
                }
                Arrays.fill(taken, cell, cell + levels.size(own.space().rootLevel(root)), true);
                starts.put(root, cell);
            }
            int start = starts.getOrDefault(root, own.bound(places[i]));
            physical[i] = start + places[i] - root;
        }
        return physical;
    }

    /**
     * A cell of the cluster for one of a virtual cluster: in the smallest cell that is not bound; of those of one size the first in which
     * no opportunistic job has to be stopped, or else the first.
     */
    private int cellFor(FreeGpus free, VirtualCluster own, int[] places, int root, boolean[] taken) {
        int level = own.space().rootLevel(root);
        int size = levels.size(level);
        IntPredicate open = gpu -> !taken[gpu];
        int best = NONE;
        int least = Integer.MAX_VALUE;
        for (int start = 0; start + size <= cluster.gpus(); start += size) {
            if (cluster.rootLevel(start) < level || !cluster.isFree(start, level, open) || !areUp(free, start, size)) {
                continue;
            }
            int within = cluster.largestFree(start, level, open);
            int rank = 2 * within + (isIdle(own, places, root, start) ? 0 : 1);
            if (rank < least) {
                best = start;
                least = rank;
            }
        }
        return best;
    }

    private boolean areUp(FreeGpus free, int start, int size) {
        for (int gpu = start; gpu < start + size; gpu++) {
            if (!isUp(free, gpu)) {
                return false;
            }
        }
        return true;
    }

    private boolean isIdle(VirtualCluster own, int[] places, int root, int start) {
        for (int place : places) {
            if (own.space().rootStart(place) == root && used[start + place - root]) {
                return false;
            }
        }
        return true;
    }

    private void addShares(int[] physical, NodeShares chosen) {
        int[] sorted = physical.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; ) {
            int node = sorted[i] / perNode;
            long which = 0;
            int count = 0;
            for (; i < sorted.length && sorted[i] / perNode == node; i++) {
                which |= 1L << sorted[i] % perNode;
                count++;
            }
            chosen.add(node, count, which);
        }
    }

    @Override
    public boolean keepsBooks() {
        return true;
    }

    @Override
    public void taken(ClusterJob job, NodeShares shares) {
        if (found.job.equals(job.id()) && isWhere(found, shares)) {
            grants.put(job.id(), found);
        }
        Grant grant = grants.get(job.id());
        for (int i = 0; i < grant.physical.length; i++) {
            int gpu = grant.physical[i];
            used[gpu] = true;
            if (grant.team != OPPORTUNISTIC && virtual[grant.team].use(grant.virtual[i], gpu)) {
                setBound(grant, i, true);
            }
        }
    }

    @Override
    public void given(ClusterJob job, NodeShares shares) {
        Grant grant = grants.get(job.id());
        for (int i = 0; i < grant.physical.length; i++) {
            used[grant.physical[i]] = false;
            if (grant.team != OPPORTUNISTIC && virtual[grant.team].release(grant.virtual[i])) {
                setBound(grant, i, false);
                virtual[grant.team].unbind(grant.virtual[i]);
            }
        }
    }

    private void setBound(Grant grant, int place, boolean isBound) {
        VirtualCluster own = virtual[grant.team];
        int start = own.bound(grant.virtual[place]);
        int size = levels.size(own.space().rootLevel(grant.virtual[place]));
        Arrays.fill(bound, start, start + size, isBound);
    }

    private boolean isWhere(Grant grant, NodeShares shares) {
        NodeShares of = new NodeShares();
        addShares(grant.physical, of);
        return Arrays.equals(of.nodes(), shares.nodes()) && Arrays.equals(of.whichOfNodes(), shares.whichOfNodes());
    }
}
