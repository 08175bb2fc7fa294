package trainyard.scheduler.run.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import trainyard.scheduler.cluster.NodeShares;

/** Everything that happened to jobs in a run, in the order in which it did; it grows with the number of starts. */
public final class ClusterRecord implements JobWatcher {

    private static final long OPEN = -1;

    /**
     * A job on GPUs of one node.
     *
     * @param job its number in the order of arrival
     * @param node the node
     * @param gpus how many of its GPUs, in parts where jobs share them
     * @param which a bit for each GPU that it has; 0 where that makes no difference
     * @param fromNanos when it started there
     * @param toNanos when it stopped, not before the start
     */
    public record Stay(int job, int node, int gpus, long which, long fromNanos, long toNanos) {}

    /**
     * A job had GPUs in turns with others.
     *
     * @param job its number in the order of arrival
     * @param turn from 0, which is that of the job that held the GPUs, whose {@link Stay} it was
     * @param of how many jobs shared them, at least 2
     * @param fromNanos from when
     * @param toNanos until when, after that
     */
    public record Turn(int job, int turn, int of, long fromNanos, long toNanos) {}

    /**
     * The queue of jobs grew or shrank.
     *
     * @param nanos when
     * @param job the job that came or left, if it did not leave at the moment at which it came
     * @param came whether it came
     */
    public record Queueing(long nanos, int job, boolean came) {}

    /**
     * The cluster grew or shrank.
     *
     * @param nanos when
     * @param gpus of nodes that are there from then on
     */
    public record Provision(long nanos, int gpus) {}

    /**
     * Other free GPUs than before are of no use to a job that waits.
     *
     * @param nanos when
     * @param gpus how many are from then on, in parts where jobs share them
     */
    public record Scattering(long nanos, int gpus) {}

    /**
     * Other free GPUs than before are of no use to the mean job of the list.
     *
     * @param nanos when
     * @param gpus how many are from then on
     */
    public record Unusable(long nanos, double gpus) {}

    private final List<Scattering> scatterings = new ArrayList<>();
    private final QueueRecord queue = new QueueRecord();
    private final List<Provision> provisions = new ArrayList<>();
    private int[] job = new int[64];
    private int[] node = new int[64];
    private int[] gpus = new int[64];
    private long[] which = new long[64];
    private final List<Unusable> unusable = new ArrayList<>();
    private long[] from = new long[64];
    private long[] to = new long[64];
    private int count;
    /** First open stay of each job; those of one start follow each other. */
    private int[] firstOpen = new int[64];

    private final List<Turn> turns = new ArrayList<>();
    /** Those that last, by job, as if they were over already. */
    private final Map<Integer, Turn> openTurns = new TreeMap<>();

    private long endNanos;

    @Override
    public void queued(long nowNanos, int number) {
        queue.came(nowNanos, number);
    }

    @Override
    public void started(long nowNanos, int number, NodeShares shares) {
        queue.left(nowNanos, number);
        makeRoom(number);
        if (isBackWhereItWas(nowNanos, number, shares)) {
            Arrays.fill(to, firstOpen[number], firstOpen[number] + shares.count(), OPEN);
            return;
        }
        inherited(nowNanos, number, shares);
    }

    @Override
    public void joined(long nowNanos, int number) {
        queue.left(nowNanos, number);
    }

    @Override
    public void inherited(long nowNanos, int number, NodeShares shares) {
        makeRoom(number);
        firstOpen[number] = count;
        for (int i = 0; i < shares.count(); i++) {
            add(number, shares, i, nowNanos);
        }
    }

    @Override
    public void turns(long nowNanos, int number, int turn, int of) {
        endTurn(nowNanos, number);
        if (of > 1) {
            openTurns.put(number, new Turn(number, turn, of, nowNanos, nowNanos));
        }
    }

    private void endTurn(long nowNanos, int number) {
        Turn open = openTurns.remove(number);
        if (open != null && open.fromNanos() < nowNanos) {
            turns.add(new Turn(number, open.turn(), open.of(), open.fromNanos(), nowNanos));
        }
    }

    private void makeRoom(int number) {
        if (number >= firstOpen.length) {
            firstOpen = Arrays.copyOf(firstOpen, Math.max(number + 1, 2 * firstOpen.length));
        }
    }

    /** Whether a job was stopped at this moment on the GPUs on which it starts. */
    private boolean isBackWhereItWas(long nowNanos, int number, NodeShares shares) {
        int first = firstOpen[number];
        if (first + shares.count() > count || isStayOf(first + shares.count(), number, nowNanos)) {
            return false;
        }
        for (int i = 0; i < shares.count(); i++) {
            int at = first + i;
            if (!isStayOf(at, number, nowNanos) || isElsewhere(at, shares, i)) {
                return false;
            }
        }
        return shares.count() > 0;
    }

    private boolean isElsewhere(int at, NodeShares shares, int i) {
        return node[at] != shares.node(i) || gpus[at] != shares.gpus(i) || which[at] != shares.which(i);
    }

    private boolean isStayOf(int at, int number, long endNanos) {
        return at < count && job[at] == number && to[at] == endNanos;
    }

    private void add(int number, NodeShares shares, int place, long nowNanos) {
        if (count == job.length) {
            job = Arrays.copyOf(job, 2 * count);
            node = Arrays.copyOf(node, 2 * count);
            gpus = Arrays.copyOf(gpus, 2 * count);
            which = Arrays.copyOf(which, 2 * count);
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        job[count] = number;
        node[count] = shares.node(place);
        gpus[count] = shares.gpus(place);
        which[count] = shares.which(place);
        from[count] = nowNanos;
        to[count++] = OPEN;
    }

    @Override
    public void stopped(long nowNanos, int number) {
        endTurn(nowNanos, number);
        makeRoom(number);
        for (int i = firstOpen[number]; i < count && job[i] == number && to[i] == OPEN; i++) {
            to[i] = nowNanos;
        }
    }

    @Override
    public void provisioned(long nowNanos, int onNodes) {
        provisions.add(new Provision(nowNanos, onNodes));
    }

    @Override
    public void scattered(long nowNanos, int free) {
        int before = scatterings.isEmpty()
                ? 0
                : scatterings.get(scatterings.size() - 1).gpus();
        if (free != before) {
            scatterings.add(new Scattering(nowNanos, free));
        }
    }

    @Override
    public boolean looksAtUnusable() {
        return true;
    }

    @Override
    public void unusable(long nowNanos, double free) {
        double before =
                unusable.isEmpty() ? 0 : unusable.get(unusable.size() - 1).gpus();
        if (free != before) {
            unusable.add(new Unusable(nowNanos, free));
        }
    }

    @Override
    public void over(long nowNanos) {
        List.copyOf(openTurns.keySet()).forEach(number -> endTurn(nowNanos, number));
        endNanos = nowNanos;
    }

    /** Free GPUs that the mean job of the list cannot use where they are, as they change. */
    public List<Unusable> unusable() {
        return List.copyOf(unusable);
    }

    /** When the run was over. */
    public long endNanos() {
        return endNanos;
    }

    /**
     * Jobs on nodes, in the order of their starts; those of jobs that still run last until the end. A job that is moved at the moment
     * of its start was nowhere before; one that is stopped and starts at once on the same GPUs stays. Of jobs that share GPUs only the one that
     * holds them is there.
     */
    public List<Stay> stays() {
        List<Stay> stays = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (to[i] != from[i]) {
                stays.add(new Stay(job[i], node[i], gpus[i], which[i], from[i], to[i] == OPEN ? endNanos : to[i]));
            }
        }
        return stays;
    }

    /** Jobs that shared their GPUs in turns, in the order in which their groups changed. */
    public List<Turn> turns() {
        return List.copyOf(turns);
    }

    /** How an autoscaler changed the cluster, in the order of time; none without one. */
    public List<Provision> provisions() {
        return List.copyOf(provisions);
    }

    /** Free GPUs that jobs want but not where they are, as they change. */
    public List<Scattering> scatterings() {
        return List.copyOf(scatterings);
    }

    /** How the queue changed, in the order of time. */
    public List<Queueing> queueings() {
        return queue.changes();
    }
}
