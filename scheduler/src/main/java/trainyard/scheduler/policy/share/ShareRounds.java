package trainyard.scheduler.policy.share;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import trainyard.scheduler.hetero.ShareDemand;
import trainyard.scheduler.hetero.SharePair;
import trainyard.scheduler.hetero.SharePolicy;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.sim.engine.SimTime;

/**
 * Plays shares of the time on each type of GPU in rounds (Narayanan et al., Gavel, OSDI 2020, section 5). Shares are chosen at the
 * beginning of a round if jobs have come or gone since they were last. In each round jobs are put on types in the order of
 * {@code share / (1/2 + rounds on the type since shares were chosen)}, the largest first, as many as fit by number; of equal ones that
 * which earlier shares owe more time, then the larger share, then the job that came first, then the first pool. A job that stays on its type goes on, others are stopped and started.
 * What is left over goes to whoever fits, in the same order.
 *
 * <p>Where the rules say how fast two jobs are on the same GPUs, pairs of jobs have shares as jobs have, and are put on types among them; two that stay
 * together go on, of others one joins the other. What is left over goes to single jobs.
 *
 * <p>A job that is not preemptible stays where it runs; the others share what is left. Within a round nothing starts: GPUs of jobs that end are idle until it is over. Where no job is present the next one begins a
 * round at once.
 */
public final class ShareRounds implements SchedulingPolicy {

    private final ShareRules rules;
    private final SharePolicy policy;
    private final PairChoice pairChoice;
    /** Jobs that run or wait, in the order of arrival. */
    private final TreeMap<Integer, SharedJob> present = new TreeMap<>();
    /** The pairs that shares were last chosen for, by the numbers of their jobs. */
    private Map<List<Integer>, ShareUnit> pairs = Map.of();

    private boolean changed;
    private long roundEndNanos;
    private long settledNanos;
    /** Time since shares were chosen. */
    private long passedNanos;

    /** A job, or two together, on a type of GPU. */
    private record Option(ShareUnit unit, int type, long priority) {
        boolean isNext() {
            return unit.first().nextAs == unit && unit.first().next == type;
        }
    }

    public ShareRounds(ShareRules rules) {
        this.rules = rules;
        this.policy = rules.kind().make();
        this.pairChoice = new PairChoice(rules.pairs(), rules.types().isEmpty() ? List.of("") : rules.types());
    }

    @Override
    public String name() {
        return "shares";
    }

    @Override
    public boolean sharesInTurns() {
        return rules.packs();
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
        present.remove(job).runsAs.members.forEach(member -> member.runsAs = member.alone);
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
            if (nanos > 0 && job.runsOn != SharedJob.NOWHERE && job.runsAs.first() == job) {
                job.runsAs.receivedNanos[job.runsOn] += nanos;
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
        ShareDemand alone = demand(context, jobs);
        List<SharePair> two = rules.packs() ? pairChoice.of(context, jobs) : List.of();
        double[][] shares = policy.shares(two.isEmpty() ? alone : alone.withPairs(two));
        if (!two.isEmpty()) {
            // A second time, for those pairs alone that the first time gave most of the time.
            two = PairChoice.mostUsed(two, shares);
            shares = policy.shares(alone.withPairs(two));
        }
        for (int i = 0; i < jobs.size(); i++) {
            jobs.get(i).alone.want(shares[i], passedNanos);
        }
        Map<List<Integer>, ShareUnit> chosen = new LinkedHashMap<>();
        for (int i = 0; i < two.size(); i++) {
            SharedJob first = jobs.get(two.get(i).first());
            SharedJob second = jobs.get(two.get(i).second());
            ShareUnit pair = pairs.get(List.of(first.job, second.job));
            pair = pair == null ? new ShareUnit(List.of(first, second), first.speeds.length) : pair;
            pair.want(shares[jobs.size() + i], passedNanos);
            chosen.put(List.of(first.job, second.job), pair);
        }
        pairs = chosen;
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
                        .mapToDouble(one -> SimTime.seconds(context.statedRemainingNanos(one.job)))
                        .toArray(),
                jobs.stream()
                        .mapToDouble(one -> SimTime.seconds(context.nowNanos() - context.submitNanos(one.job)))
                        .toArray(),
                types(context));
    }

    private void play(SchedulingContext context) {
        List<Option> options = options();
        int[] left = types(context);
        for (SharedJob one : present.values()) {
            one.next = isFixed(context, one) ? one.runsOn : SharedJob.NOWHERE;
            one.nextAs = one.alone;
            if (one.next != SharedJob.NOWHERE) {
                left[one.next] -= context.gpus(one.job);
            }
        }
        for (Option option : options) {
            int gpus = context.gpus(option.unit().first().job);
            if (gpus <= left[option.type()]
                    && option.unit().members.stream().allMatch(one -> one.next == SharedJob.NOWHERE)) {
                option.unit().members.forEach(one -> {
                    one.next = option.type();
                    one.nextAs = option.unit();
                });
                left[option.type()] -= gpus;
            }
        }
        stop(context);
        options.stream().filter(Option::isNext).forEach(option -> start(context, option));
        options.stream().filter(option -> !option.unit().isPair()).forEach(option -> start(context, option));
    }

    /** Whether it runs and may not be stopped. */
    private static boolean isFixed(SchedulingContext context, SharedJob one) {
        return one.runsOn != SharedJob.NOWHERE && !context.job(one.job).traits().preemptible();
    }

    /** Stops whoever does not go on where it is. */
    private void stop(SchedulingContext context) {
        Set<SharedJob> staying = new HashSet<>();
        Set<Integer> claimed = new HashSet<>();
        for (SharedJob one : present.values()) {
            if (one.goesOn()) {
                staying.add(one);
                claimed.add(context.host(one.job));
            }
        }
        for (SharedJob one : present.values()) {
            if (one.nextAs.first() == one && !staying.contains(one)) {
                stayOn(context, one.nextAs, claimed, staying);
            }
        }
        for (SharedJob one : present.values()) {
            if (one.runsOn != SharedJob.NOWHERE && !staying.contains(one)) {
                context.preempt(one.job);
                one.runs(SharedJob.NOWHERE, one.alone);
            }
        }
        // Who stays without its partner of the last round has its GPUs for itself until another one joins it.
        staying.stream().filter(one -> !one.goesOn()).forEach(one -> one.runs(one.runsOn, one.alone));
    }

    /** Of jobs that shared GPUs and part, one stays on them; of two that come together, one stays where it is. */
    private static void stayOn(
            SchedulingContext context, ShareUnit unit, Set<Integer> claimed, Set<SharedJob> staying) {
        int theirs = SharedJob.NOWHERE;
        for (SharedJob one : unit.members) {
            if (one.runsOn == SharedJob.NOWHERE || one.runsOn != one.next) {
                continue;
            }
            int host = context.host(one.job);
            if (host == theirs || theirs == SharedJob.NOWHERE && claimed.add(host)) {
                theirs = host;
                staying.add(one);
            }
        }
    }

    private List<Option> options() {
        List<Option> options = new ArrayList<>();
        for (SharedJob one : present.values()) {
            for (int type = 0; type < one.speeds.length; type++) {
                if (one.speeds[type] > 0) {
                    options.add(new Option(one.alone, type, one.alone.priority(type, rules.roundNanos())));
                }
            }
        }
        for (ShareUnit pair : pairs.values()) {
            for (int type = 0; type < pair.receivedNanos.length; type++) {
                long priority = pair.priority(type, rules.roundNanos());
                if (priority > 0) {
                    options.add(new Option(pair, type, priority));
                }
            }
        }
        options.sort(Comparator.comparingLong(Option::priority)
                .thenComparingLong(option -> option.unit().owed(option.type()))
                .thenComparingLong(option -> option.unit().share(option.type()))
                .reversed());
        return options;
    }

    private void start(SchedulingContext context, Option option) {
        ShareUnit unit = option.unit();
        SharedJob host = unit.members.stream()
                .filter(one -> one.runsOn != SharedJob.NOWHERE)
                .findFirst()
                .orElse(unit.first());
        if (host.runsOn == SharedJob.NOWHERE
                && context.gpus(host.job) <= context.freeGpus()
                && context.startOn(host.job, word(option.type()))) {
            host.runs(option.type(), host.alone);
        }
        if (unit.isPair() && host.runsOn != SharedJob.NOWHERE) {
            for (SharedJob one : unit.members) {
                if (one.runsOn == SharedJob.NOWHERE) {
                    context.startBeside(one.job, host.job);
                }
                one.runs(option.type(), unit);
            }
        }
    }

    @Override
    public long wakeUpNanos() {
        return present.isEmpty() ? Long.MAX_VALUE : roundEndNanos;
    }
}
