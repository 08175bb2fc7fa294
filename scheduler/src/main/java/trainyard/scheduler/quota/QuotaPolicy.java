package trainyard.scheduler.quota;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.WaitReason;
import trainyard.scheduler.policy.WaitReason.Cause;
import trainyard.scheduler.policy.WaitingJobs;

/**
 * Queues with quotas in cohorts, as in Kueue. The queue of a job is its team. Within a queue the highest priority is first, of equal ones the first
 * that came. Of the heads of all queues that one is served first which needs no borrowing, then the highest priority, then the first
 * that came; in fair sharing the one whose queue would have the smallest share. A job starts where quota and placement fit it. Else
 * it may stop others, as its queue's rules say, where that makes both fit; a job stopped at a moment stops nobody at that moment,
 * but may start at once where others do not want the GPUs: it has moved then.
 *
 * <p>Jobs of one queue with the same number of GPUs are taken to need the same: once one does not fit, those behind it are not looked
 * at before the next event.
 */
public final class QuotaPolicy implements SchedulingPolicy {

    private final QuotaRules rules;
    private final QuotaBooks books;
    private final VictimSearch search;
    private final List<WaitingJobs> waiting = new ArrayList<>();
    private boolean[] blocked = {};
    /** By job: when it was stopped last. */
    private long[] stoppedNanos = {};

    public QuotaPolicy(QuotaRules rules) {
        this.rules = rules;
        this.books = new QuotaBooks(new QuotaTree(rules.quotas()));
        this.search = new VictimSearch(books, rules.fairSharing());
    }

    @Override
    public String name() {
        return "kueue";
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        int queue = books.queueOf(context, job);
        while (waiting.size() <= queue) {
            waiting.add(new WaitingJobs());
        }
        if (job >= stoppedNanos.length) {
            int known = stoppedNanos.length;
            stoppedNanos = Arrays.copyOf(stoppedNanos, Math.max(64, Math.max(job + 1, 2 * known)));
            Arrays.fill(stoppedNanos, known, stoppedNanos.length, -1);
        }
        waiting.get(queue).add(context, -(long) context.job(job).traits().priority(), job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        books.stopped(context, books.queueOf(context, job), job);
    }

    @Override
    public void schedule(SchedulingContext context) {
        blocked = blocked.length < waiting.size() ? new boolean[waiting.size()] : blocked;
        Arrays.fill(blocked, false);
        for (int queue = 0; queue < waiting.size(); queue++) {
            waiting.get(queue).beginWalk();
        }
        for (int queue = next(context); queue >= 0; queue = next(context)) {
            int job = head(context, queue);
            if (!start(context, queue, job) && !startInPlaceOfOthers(context, queue, job)) {
                waiting.get(queue).close(context, job);
                blocked[queue] = rules.strict();
            }
        }
    }

    /** The job of a queue that is served first. Those that find too few free GPUs and may stop nobody are stepped over. */
    private int head(SchedulingContext context, int queue) {
        boolean looksAtAll = rules.strict() || books.mayStopOthers(queue);
        return blocked[queue]
                ? WaitingJobs.NONE
                : waiting.get(queue).first(looksAtAll ? Integer.MAX_VALUE : context.freeGpus());
    }

    /** The queue whose head is served next; -1 if none is left. */
    private int next(SchedulingContext context) {
        int next = -1;
        int first = WaitingJobs.NONE;
        for (int queue = 0; queue < waiting.size(); queue++) {
            int job = head(context, queue);
            if (job != WaitingJobs.NONE && (next < 0 || isBefore(context, queue, job, next, first))) {
                next = queue;
                first = job;
            }
        }
        return next;
    }

    private boolean isBefore(SchedulingContext context, int queue, int job, int other, int otherJob) {
        if (rules.fairSharing()) {
            double difference = books.shareWith(context, queue, job) - books.shareWith(context, other, otherJob);
            if (difference != 0) {
                return difference < 0;
            }
        }
        boolean borrows = books.borrowsWith(context, queue, job);
        if (borrows != books.borrowsWith(context, other, otherJob)) {
            return !borrows;
        }
        int priority = context.job(job).traits().priority();
        int otherPriority = context.job(otherJob).traits().priority();
        return priority == otherPriority ? job < otherJob : priority > otherPriority;
    }

    private boolean start(SchedulingContext context, int queue, int job) {
        if (context.gpus(job) > context.freeGpus() || !books.fits(context, queue, job) || !context.start(job)) {
            return false;
        }
        waiting.get(queue).take(context, job);
        books.started(context, queue, job);
        return true;
    }

    private boolean startInPlaceOfOthers(SchedulingContext context, int queue, int job) {
        if (stoppedNanos[job] == context.nowNanos() || !search.find(context, queue, job)) {
            return false;
        }
        for (int i = 0; i < search.count(); i++) {
            int victim = search.victim(i);
            books.stopped(context, books.queueOf(context, victim), victim);
            context.preemptFor(victim, job);
            stoppedNanos[victim] = context.nowNanos();
        }
        boolean started = start(context, queue, job);
        for (int i = 0; i < search.count(); i++) {
            arrived(context, search.victim(i));
        }
        return started;
    }

    /** Those of jobs that quotas let run beside the ones that do: the widest of each queue first, queue by queue. */
    @Override
    public int admissibleGpus(SchedulingContext context) {
        long gpus = 0;
        List<Admitted> admitted = new ArrayList<>();
        for (int queue = 0; queue < waiting.size(); queue++) {
            for (WaitingJobs.Alike alike : waiting.get(queue).widestFirst()) {
                int jobs = books.useAsOften(context, queue, alike.first(), alike.jobs());
                admitted.add(new Admitted(queue, alike.first(), jobs));
                gpus += (long) jobs * alike.gpus();
            }
        }
        for (Admitted one : admitted) {
            books.giveBack(context, one.queue(), one.job(), one.times());
        }
        return (int) Math.min(Integer.MAX_VALUE, gpus);
    }

    /** So many jobs like one would be admitted. */
    private record Admitted(int queue, int job, int times) {}

    @Override
    public WaitReason whyWaits(SchedulingContext context, int job) {
        return books.fits(context, books.queueOf(context, job), job)
                ? WaitReason.ofCluster(context, job)
                : WaitReason.of(books.isInCohort(books.queueOf(context, job)) ? Cause.COHORT : Cause.QUOTA);
    }
}
