package trainyard.scheduler.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.scheduler.policy.JobRow;
import trainyard.scheduler.policy.SchedulingContext;

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

    int queueOf(SchedulingContext context, int job) {
        String team = context.job(job).team();
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

    /** Whether a queue lends and borrows. */
    boolean isInCohort(int queue) {
        return !isOpen(queue) && !tree.spec(queue).cohort().isEmpty();
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
    private long[] need(SchedulingContext context, int job) {
        Amounts.write(context, job, need);
        return need;
    }

    boolean fits(SchedulingContext context, int queue, int job) {
        return isOpen(queue) || tree.fits(queue, need(context, job));
    }

    boolean borrowsWith(SchedulingContext context, int queue, int job) {
        return !isOpen(queue) && tree.borrowsWith(queue, need(context, job));
    }

    /** The share of a queue if a job of it ran, too. */
    double shareWith(SchedulingContext context, int queue, int job) {
        if (isOpen(queue)) {
            return 0;
        }
        use(context, queue, job);
        double share = tree.share(queue);
        giveBack(context, queue, job);
        return share;
    }

    double share(int queue) {
        return isOpen(queue) ? 0 : tree.share(queue);
    }

    void use(SchedulingContext context, int queue, int job) {
        if (!isOpen(queue)) {
            tree.use(queue, need(context, job));
        }
    }

    void giveBack(SchedulingContext context, int queue, int job) {
        if (!isOpen(queue)) {
            tree.giveBack(queue, need(context, job));
        }
    }

    /** Uses what a job needs as often as it fits, at most so often; how often that is. A queue without a quota counts nothing. */
    int useAsOften(SchedulingContext context, int queue, int job, int most) {
        int times = isOpen(queue) ? most : 0;
        while (times < most && fits(context, queue, job)) {
            use(context, queue, job);
            times++;
        }
        return times;
    }

    /** Gives back what a job needs so many times. */
    void giveBack(SchedulingContext context, int queue, int job, int times) {
        for (int i = 0; i < times && !isOpen(queue); i++) {
            giveBack(context, queue, job);
        }
    }

    void started(SchedulingContext context, int queue, int job) {
        use(context, queue, job);
        if (context.job(job).traits().preemptible()) {
            long priority = context.job(job).traits().priority();
            running.get(queue).insert((priority << Integer.SIZE) - ++starts, job);
        }
    }

    void stopped(SchedulingContext context, int queue, int job) {
        giveBack(context, queue, job);
        if (context.job(job).traits().preemptible()) {
            running.get(queue).remove(job);
        }
    }
}
