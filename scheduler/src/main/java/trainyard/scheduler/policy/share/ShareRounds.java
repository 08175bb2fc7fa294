package trainyard.scheduler.policy.share;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import trainyard.scheduler.hetero.ShareDemand;
import trainyard.scheduler.hetero.SharePolicy;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;

/**
 * Plays shares of the time on each type of GPU in rounds (Narayanan et al., Gavel, OSDI 2020, section 5). Shares are chosen at the
 * beginning of a round if jobs have come or gone since they were last. In each round jobs are put on types in the order of
 * {@code share / (1/2 + rounds on the type since shares were chosen)}, the largest first, as many as fit by number; of equal ones that
 * which earlier shares owe more time, then the larger share, then the job that came first, then the first pool. A job that stays on its type goes on, others are stopped and started.
 * What is left over goes to whoever fits, in the same order.
 *
 * <p>A job that is not preemptible stays where it runs; the others share what is left. Within a round nothing starts: GPUs of jobs that end are idle until it is over. Where no job is present the next one begins a
 * round at once.
 */
public final class ShareRounds implements SchedulingPolicy {

    private static final double NANOS_PER_SECOND = 1e9;

    private final ShareRules rules;
    private final SharePolicy policy;
    /** Jobs that run or wait, in the order of arrival. */
    private final TreeMap<Integer, SharedJob> present = new TreeMap<>();

    private boolean changed;
    private long roundEndNanos;
    private long settledNanos;
    /** Time since shares were chosen. */
    private long passedNanos;

    /** A job on a type of GPU. */
    private record Option(SharedJob job, int type, long priority) {}

    public ShareRounds(ShareRules rules) {
        this.rules = rules;
        this.policy = rules.kind().make();
    }

    @Override
    public String name() {
        return "shares";
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        settle(context);
        present.put(job, new SharedJob(job, speeds(context, job)));
        changed = true;
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        settle(context);
        present.remove(job);
        changed = true;
        roundEndNanos = present.isEmpty() ? context.nowNanos() : roundEndNanos;
    }

    /** Speeds on each type; 0 where it cannot run. */
    private double[] speeds(SchedulingContext context, int job) {
        ClusterJob submitted = context.job(job);
        double[] speeds = new double[types(context).length];
        for (int type = 0; type < speeds.length; type++) {
            boolean runs = context.gpus(job) <= types(context)[type]
                    && submitted.traits().takesGpuType(word(type));
            speeds[type] = runs ? rules.speeds().of(submitted, word(type)) : 0;
        }
        return speeds;
    }

    private String word(int type) {
        return rules.types().isEmpty() ? "" : rules.types().get(type);
    }

    /** GPUs of each type. */
    private int[] types(SchedulingContext context) {
        return rules.types().isEmpty()
                ? new int[] {context.totalGpus()}
                : rules.fleet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Books the time that has passed. */
    private void settle(SchedulingContext context) {
        long nanos = context.nowNanos() - settledNanos;
        settledNanos = context.nowNanos();
        passedNanos += nanos;
        for (SharedJob job : present.values()) {
            if (nanos > 0 && job.runsOn != SharedJob.NOWHERE) {
                job.receivedNanos[job.runsOn] += nanos;
            }
        }
    }

    @Override
    public void schedule(SchedulingContext context) {
        settle(context);
        if (present.isEmpty() || context.nowNanos() < roundEndNanos) {
            return;
        }
        if (changed) {
            choose(context);
        }
        play(context);
        roundEndNanos = context.nowNanos() + rules.roundNanos();
    }

    private void choose(SchedulingContext context) {
        List<SharedJob> jobs = List.copyOf(present.values());
        double[][] shares = policy.shares(demand(context, jobs));
        for (int i = 0; i < jobs.size(); i++) {
            jobs.get(i).want(shares[i], passedNanos);
        }
        passedNanos = 0;
        changed = false;
    }

    private ShareDemand demand(SchedulingContext context, List<SharedJob> jobs) {
        return new ShareDemand(
                jobs.stream().map(one -> context.job(one.job).id()).toList(),
                jobs.stream().map(one -> one.speeds).toArray(double[][]::new),
                jobs.stream().mapToInt(one -> context.gpus(one.job)).toArray(),
                jobs.stream()
                        .mapToDouble(one -> rules.weights()
                                .getOrDefault(context.job(one.job).team(), 1.0))
                        .toArray(),
                jobs.stream()
                        .mapToDouble(one -> context.statedRemainingNanos(one.job) / NANOS_PER_SECOND)
                        .toArray(),
                jobs.stream()
                        .mapToDouble(one -> (context.nowNanos() - context.submitNanos(one.job)) / NANOS_PER_SECOND)
                        .toArray(),
                types(context));
    }

    private void play(SchedulingContext context) {
        List<Option> options = options();
        int[] left = types(context);
        for (SharedJob one : present.values()) {
            one.next = isFixed(context, one) ? one.runsOn : SharedJob.NOWHERE;
            if (one.next != SharedJob.NOWHERE) {
                left[one.next] -= context.gpus(one.job);
            }
        }
        for (Option option : options) {
            SharedJob one = option.job();
            if (one.next == SharedJob.NOWHERE && context.gpus(one.job) <= left[option.type()]) {
                one.next = option.type();
                left[option.type()] -= context.gpus(one.job);
            }
        }
        for (SharedJob one : present.values()) {
            if (one.runsOn != SharedJob.NOWHERE && one.runsOn != one.next) {
                context.preempt(one.job);
                one.runsOn = SharedJob.NOWHERE;
            }
        }
        options.stream().filter(option -> option.job().next == option.type()).forEach(option -> start(context, option));
        options.forEach(option -> start(context, option));
    }

    /** Whether it runs and may not be stopped. */
    private static boolean isFixed(SchedulingContext context, SharedJob one) {
        return one.runsOn != SharedJob.NOWHERE && !context.job(one.job).traits().preemptible();
    }

    private List<Option> options() {
        List<Option> options = new ArrayList<>();
        for (SharedJob one : present.values()) {
            for (int type = 0; type < one.speeds.length; type++) {
                if (one.speeds[type] > 0) {
                    options.add(new Option(one, type, one.priority(type, rules.roundNanos())));
                }
            }
        }
        options.sort(Comparator.comparingLong(Option::priority)
                .thenComparingLong(option -> option.job().owed(option.type()))
                .thenComparingLong(option -> option.job().share(option.type()))
                .reversed());
        return options;
    }

    private void start(SchedulingContext context, Option option) {
        SharedJob one = option.job();
        if (one.runsOn == SharedJob.NOWHERE
                && context.gpus(one.job) <= context.freeGpus()
                && context.startOn(one.job, word(option.type()))) {
            one.runsOn = option.type();
        }
    }

    @Override
    public long wakeUpNanos() {
        return present.isEmpty() ? Long.MAX_VALUE : roundEndNanos;
    }
}
