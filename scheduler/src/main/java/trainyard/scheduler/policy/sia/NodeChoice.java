package trainyard.scheduler.policy.sia;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import trainyard.scheduler.policy.goodput.AllocationRow;

/**
 * Which nodes give the GPUs of each job, by the rules of Sia (SOSP 2023, section 3): part of a node is on one node, more than a node is whole nodes and, for a
 * job of another size, the rest on one more; and a job whose configuration does not change stays where it is. The largest jobs are placed first, parts of nodes on the node with
 * least room. Where that fails, smaller jobs are moved out of the way, as few GPUs of them as can be.
 */
final class NodeChoice {

    private final List<GpuPool> pools;
    private final int[] firstNode;
    /** Most GPUs of each node that jobs may have. */
    private final int[] capacity;

    private final int[] free;
    private final AllocationRow[] rows;
    private final AllocationRow none;
    /** Jobs on each node. */
    private final List<List<Integer>> onNode = new ArrayList<>();

    /**
     * @param pools of the cluster
     * @param capacity GPUs of each node that jobs may have
     * @param jobs how many
     */
    NodeChoice(List<GpuPool> pools, int[] capacity, int jobs) {
        this.pools = pools;
        this.capacity = capacity;
        free = capacity.clone();
        firstNode = new int[pools.size() + 1];
        for (int pool = 0; pool < pools.size(); pool++) {
            firstNode[pool + 1] = firstNode[pool] + pools.get(pool).nodes();
        }
        none = AllocationRow.none(capacity.length);
        rows = new AllocationRow[jobs];
        Arrays.fill(rows, none);
        for (int node = 0; node < capacity.length; node++) {
            onNode.add(new ArrayList<>());
        }
    }

    /** What each job has now. */
    AllocationRow[] rows() {
        return rows;
    }

    /** The pool of a node. */
    int pool(int node) {
        int pool = 0;
        while (node >= firstNode[pool + 1]) {
            pool++;
        }
        return pool;
    }

    /** Leaves a job where it is. */
    void keep(int job, AllocationRow row) {
        put(job, row, 1);
    }

    private void put(int job, AllocationRow row, int sign) {
        rows[job] = sign > 0 ? row : none;
        for (int node = 0; node < free.length; node++) {
            if (row.gpus(node) > 0) {
                free[node] -= sign * row.gpus(node);
                if (sign > 0) {
                    onNode.get(node).add(job);
                } else {
                    onNode.get(node).remove((Integer) job);
                }
            }
        }
    }

    /**
     * Places jobs, the largest first, and moves smaller ones where that is needed. Those that find no place have nothing.
     *
     * @param wanted the configuration of each job; null for those that are kept or have none
     */
    void place(Configuration[] wanted) {
        Configuration[] moved = wanted.clone();
        PriorityQueue<Integer> left = new PriorityQueue<>(Comparator.<Integer>comparingInt(job -> moved[job].gpus())
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        for (int job = 0; job < moved.length; job++) {
            if (moved[job] != null) {
                left.add(job);
            }
        }
        while (!left.isEmpty()) {
            int job = left.poll();
            AllocationRow row = find(moved[job], true);
            for (int victim : inTheWay(row)) {
                AllocationRow before = rows[victim];
                moved[victim] = new Configuration(moved[job].pool(), before.total(), before.nodes());
                put(victim, before, -1);
                left.add(victim);
            }
            put(job, row, 1);
        }
    }

    /** Gives a job free GPUs without moving others, if there are such. */
    boolean placeOnFree(int job, Configuration wanted) {
        AllocationRow row = find(wanted, false);
        put(job, row, 1);
        return row.total() > 0;
    }

    private static List<Integer> order(int from, int to, Comparator<Integer> by) {
        List<Integer> nodes = new ArrayList<>();
        for (int node = from; node < to; node++) {
            nodes.add(node);
        }
        nodes.sort(by);
        return nodes;
    }

    /** Jobs on nodes that are given away beyond what is free there, the smallest of each node first, as many as must go. */
    private List<Integer> inTheWay(AllocationRow row) {
        List<Integer> victims = new ArrayList<>();
        for (int node = 0; node < free.length; node++) {
            int lacking = row.gpus(node) - free[node];
            for (int victim : lacking > 0 ? smallestFirst(node) : List.<Integer>of()) {
                if (lacking > 0) {
                    if (!victims.contains(victim)) {
                        victims.add(victim);
                    }
                    lacking -= rows[victim].gpus(node);
                }
            }
        }
        return victims;
    }

    private List<Integer> smallestFirst(int node) {
        return onNode.get(node).stream()
                .sorted(Comparator.comparingInt(job -> rows[job].total()))
                .toList();
    }

    /** Nodes for a configuration; none where there are none. */
    private AllocationRow find(Configuration wanted, boolean moves) {
        GpuPool pool = pools.get(wanted.pool());
        int whole = wanted.gpus() / pool.gpusPerNode();
        int rest = wanted.gpus() % pool.gpusPerNode();
        int[] row = new int[free.length];
        for (int node : nodes(wanted, pool.gpusPerNode(), moves, row, true)) {
            if (whole > 0) {
                row[node] = pool.gpusPerNode();
                whole--;
            }
        }
        if (rest > 0 && whole == 0) {
            for (int node :
                    nodes(wanted, rest, moves, row, false).stream().limit(1).toList()) {
                row[node] = rest;
                rest = 0;
            }
        }
        return whole == 0 && rest == 0 ? new AllocationRow(row) : none;
    }

    /** Nodes of a pool with room for some GPUs: those where fewest GPUs of others must go, then those with least room, then the first. */
    private List<Integer> nodes(Configuration wanted, int gpus, boolean moves, int[] taken, boolean whole) {
        int[] room = new int[free.length];
        for (int node = firstNode[wanted.pool()]; node < firstNode[wanted.pool() + 1]; node++) {
            room[node] = taken[node] > 0 ? 0 : moves ? movable(node, wanted.gpus()) : free[node];
        }
        return order(
                        firstNode[wanted.pool()],
                        firstNode[wanted.pool() + 1],
                        Comparator.<Integer>comparingInt(node -> Math.max(0, gpus - free[node]))
                                .thenComparingInt(node -> whole ? 0 : free[node]))
                .stream()
                .filter(node -> room[node] >= gpus)
                .toList();
    }

    /** GPUs of a node that are free or that smaller jobs have. */
    private int movable(int node, int gpus) {
        int room = free[node];
        for (int job : onNode.get(node)) {
            room += rows[job].total() < gpus ? rows[job].gpus(node) : 0;
        }
        return Math.min(capacity[node], room);
    }
}
