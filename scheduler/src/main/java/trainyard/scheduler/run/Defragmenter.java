package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeStatus;

/**
 * Looks for moves that make place. It empties nodes, those first that take the fewest GPUs to move, of jobs that lie wholly on
 * them, and puts each on the fullest other node that holds it, until the job that waits fits. A move is a stop and a start, so jobs that are
 * not preemptible stay where they are.
 */
final class Defragmenter {

    private final FreeGpus free;
    private final NodeTenants tenants;
    private final JobTable jobs;
    private final Defragmentation limits;
    private long lastNanos;
    private boolean moved;

    /** A job goes from one node to another. */
    record Move(int job, int from, int to) {}

    Defragmenter(FreeGpus free, NodeTenants tenants, JobTable jobs, Defragmentation limits) {
        this.free = free;
        this.tenants = tenants;
        this.jobs = jobs;
        this.limits = limits;
    }

    /**
     * Moves after which a job fits; empty if there are none. Nothing changes.
     *
     * @param gpus that the job wants
     * @param fits whether it would fit now
     */
    List<Move> plan(long nowNanos, int gpus, BooleanSupplier fits) {
        if (moved && nowNanos - lastNanos < limits.restNanos()) {
            return List.of();
        }
        List<Move> moves = new ArrayList<>();
        BitSet emptied = new BitSet();
        boolean found = false;
        while (!found && empty(gpus, emptied, moves)) {
            found = fits.getAsBoolean();
        }
        for (int i = moves.size() - 1; i >= 0; i--) {
            shift(moves.get(i).job, moves.get(i).to, moves.get(i).from);
        }
        if (found) {
            moved = true;
            lastNanos = nowNanos;
        }
        return found ? moves : List.of();
    }

    private void shift(int job, int from, int to) {
        free.give(from, jobs.gpus(job));
        free.take(to, jobs.gpus(job));
    }

    /** Makes place on one more node. */
    private boolean empty(int gpus, BitSet emptied, List<Move> moves) {
        List<Integer> nodes = new ArrayList<>();
        for (int node = 0; node < free.nodes(); node++) {
            if (free.status(node) == NodeStatus.UP && !emptied.get(node) && missing(node, gpus) > 0) {
                nodes.add(node);
            }
        }
        nodes.sort(Comparator.comparingInt(node -> missing(node, gpus)));
        for (int node : nodes) {
            if (tryNode(node, missing(node, gpus), emptied, moves)) {
                emptied.set(node);
                return true;
            }
        }
        return false;
    }

    /** GPUs that have to leave a node; a job larger than it needs all. */
    private int missing(int node, int gpus) {
        return Math.min(gpus, free.capacity(node)) - free.free(node);
    }

    private boolean tryNode(int node, int missing, BitSet emptied, List<Move> moves) {
        int before = moves.size();
        int left = missing;
        for (int job : leaving(node, missing)) {
            int target = moves.size() < limits.mostMoves() ? target(jobs.gpus(job), node, emptied) : FreeGpus.NONE;
            if (target == FreeGpus.NONE) {
                break;
            }
            shift(job, node, target);
            moves.add(new Move(job, node, target));
            left -= jobs.gpus(job);
        }
        if (left <= 0) {
            return true;
        }
        while (moves.size() > before) {
            Move last = moves.remove(moves.size() - 1);
            shift(last.job, last.to, last.from);
        }
        return false;
    }

    /** Jobs on one node alone: the smallest that is enough, or else the largest until it is enough. */
    private int[] leaving(int node, int missing) {
        int[] movable = Arrays.stream(tenants.of(node))
                .filter(job -> jobs.isOnOneNode(job) && jobs.job(job).traits().preemptible())
                .boxed()
                .sorted(Comparator.comparingInt(job -> -jobs.gpus(job)))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = movable.length - 1; i >= 0; i--) {
            if (jobs.gpus(movable[i]) >= missing) {
                return new int[] {movable[i]};
            }
        }
        int sum = 0;
        int count = 0;
        while (count < movable.length && sum < missing) {
            sum += jobs.gpus(movable[count++]);
        }
        return sum < missing ? new int[0] : Arrays.copyOf(movable, count);
    }

    private int target(int gpus, int from, BitSet emptied) {
        for (int count = gpus; count <= free.largestNode(); count++) {
            int node = free.withExactly(count, 0);
            while (node != FreeGpus.NONE && (node == from || emptied.get(node))) {
                node = free.withExactly(count, node + 1);
            }
            if (node != FreeGpus.NONE) {
                return node;
            }
        }
        return FreeGpus.NONE;
    }
}
