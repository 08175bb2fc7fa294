package trainyard.scheduler.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.scheduler.policy.Desk;
import trainyard.scheduler.policy.JobRow;

/**
 * Queues by number, with what they use and what of theirs runs. A team without a quota gets a queue of its own that may use all.
 */
final class QuotaBooks {

    /** Starts that a key tells apart within one priority. */
    private static final long LATEST_START = (1L << Integer.SIZE) - 1;

    private final QuotaTree tree;
    private final Map<String, Integer> open = new HashMap<>();
    /** Preemptible jobs that run, by queue: the lowest priority first, of one priority the one started last. */
    private final List<JobRow> running = new ArrayList<>();

    private final boolean[] mayStopOthers;
    private final long[] need = new long[Amounts.KINDS];
    private int starts;

    QuotaBooks(QuotaTree tree) {
        this.tree = tree;
        mayStopOthers = new boolean[tree.nodes()];
        for (int node = 0; node < tree.nodes(); node++) {
            running.add(new JobRow());
            mayStopOthers[node] = !tree.spec(node).rules().equals(PreemptionRules.NEVER);
        }
    }

    QuotaTree tree() {
        return tree;
    }

    int queues() {
        return running.size();
    }

    int queueOf(Desk desk, int job) {
        String team = desk.job(job).team();
        int queue = tree.queue(team);
        if (queue >= 0) {
            return queue;
        }
        Integer known = open.get(team);
        if (known == null) {
            known = running.size();
            open.put(team, known);
            running.add(new JobRow());
        }
        return known;
    }

    boolean isOpen(int queue) {
        return queue >= tree.nodes();
    }

    /** Whether jobs of a queue may stop any others. */
    boolean mayStopOthers(int queue) {
        return !isOpen(queue) && mayStopOthers[queue];
    }

    PreemptionRules rules(int queue) {
        return isOpen(queue) ? PreemptionRules.NEVER : tree.spec(queue).rules();
    }

    JobRow running(int queue) {
        return running.get(queue);
    }

    /** The priority of a preemptible job that runs. */
    int priority(int queue, int place) {
        return (int) ((running.get(queue).key(place) + LATEST_START) >> Integer.SIZE);
    }

    /** What a job needs; the same array each time. */
    private long[] need(Desk desk, int job) {
        Amounts.write(desk, job, need);
        return need;
    }

    boolean fits(Desk desk, int queue, int job) {
        return isOpen(queue) || tree.fits(queue, need(desk, job));
    }

    boolean borrowsWith(Desk desk, int queue, int job) {
        return !isOpen(queue) && tree.borrowsWith(queue, need(desk, job));
    }

    /** The share of a queue if a job of it ran, too. */
    double shareWith(Desk desk, int queue, int job) {
        if (isOpen(queue)) {
            return 0;
        }
        use(desk, queue, job);
        double share = tree.share(queue);
        giveBack(desk, queue, job);
        return share;
    }

    double share(int queue) {
        return isOpen(queue) ? 0 : tree.share(queue);
    }

    void use(Desk desk, int queue, int job) {
        if (!isOpen(queue)) {
            tree.use(queue, need(desk, job));
        }
    }

    void giveBack(Desk desk, int queue, int job) {
        if (!isOpen(queue)) {
            tree.giveBack(queue, need(desk, job));
        }
    }

    void started(Desk desk, int queue, int job) {
        use(desk, queue, job);
        if (desk.job(job).traits().preemptible()) {
            long priority = desk.job(job).traits().priority();
            running.get(queue).insert((priority << Integer.SIZE) - ++starts, job);
        }
    }

    void stopped(Desk desk, int queue, int job) {
        giveBack(desk, queue, job);
        if (desk.job(job).traits().preemptible()) {
            running.get(queue).remove(job);
        }
    }
}
