package trainyard.scheduler.policy.interleave;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import trainyard.scheduler.interleave.GroupRules;
import trainyard.scheduler.interleave.Grouping;
import trainyard.scheduler.interleave.Grouping.Candidate;
import trainyard.scheduler.interleave.Grouping.Group;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobStages;
import trainyard.scheduler.policy.JobRank;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;

/**
 * Groups of jobs that share their GPUs in turns (Zhao et al., Muri, SIGCOMM 2022). They are made anew once jobs have come, ended or changed their
 * places, at most once a round, while some wait or share: in the order of a rank, {@link Grouping} says who shares with whom, and the groups run in the order of their first jobs as far as they fit by number. Jobs of a group
 * of which some run together already go on where they are, the others join them; who is in no group or on other GPUs is stopped. Between
 * rounds whoever fits on what is free starts alone, in order. A job that is not preemptible, or whose stages are not stated, shares with nobody.
 */
public final class InterleavedGroups implements SchedulingPolicy {

    private final String name;
    private final JobRank rank;
    private final boolean ranksGrow;
    private final GroupRules rules;
    private final Grouping grouping;
    /** All jobs that wait or run. */
    private final TreeSet<Integer> present = new TreeSet<>();

    private List<Integer> lastOrder = List.of();
    private boolean changed;
    private long nextRoundNanos;
    private long wakeUpNanos = Long.MAX_VALUE;

    /**
     * @param name in scenarios
     * @param rank of jobs, asked at each pass
     * @param ranksGrow whether jobs that run step back with time, so that others have to be looked at although nobody came or ended
     */
    public InterleavedGroups(String name, JobRank rank, boolean ranksGrow, GroupRules rules) {
        this.name = Objects.requireNonNull(name, "name");
        this.rank = Objects.requireNonNull(rank, "rank");
        this.ranksGrow = ranksGrow;
        this.rules = Objects.requireNonNull(rules, "rules");
        this.grouping = new Grouping(rules);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean sharesInTurns() {
        return true;
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        present.add(job);
        changed = true;
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        present.remove(job);
        changed = true;
        rank.ended(context, job);
    }

    @Override
    public void schedule(SchedulingContext context) {
        while (rank.nextPromoted(context) != JobRank.NONE) {
            // Ranks are asked for anew below.
        }
        List<Integer> order = order(context);
        boolean due = context.nowNanos() >= nextRoundNanos && (changed || ranksGrow && !order.equals(lastOrder));
        if (due && someWaitOrShare(context)) {
            regroup(context, order);
            nextRoundNanos = context.nowNanos() + rules.roundNanos();
            lastOrder = order;
            changed = false;
        }
        for (int job : order) {
            if (!context.isRunning(job) && context.gpus(job) <= context.freeGpus()) {
                start(context, job);
            }
        }
        wakeUpNanos = (changed || ranksGrow) && someWaitOrShare(context) ? nextRound(context) : Long.MAX_VALUE;
    }

    /** Where a round may begin already and nothing has changed, it is looked again when it would be over. */
    private long nextRound(SchedulingContext context) {
        return nextRoundNanos > context.nowNanos() ? nextRoundNanos : context.nowNanos() + rules.roundNanos();
    }

    private List<Integer> order(SchedulingContext context) {
        Map<Integer, Long> ranks = new HashMap<>();
        present.forEach(job -> ranks.put(job, rank.of(context, job)));
        List<Integer> order = new ArrayList<>(present);
        order.sort(Comparator.comparingLong(ranks::get));
        return order;
    }

    private boolean someWaitOrShare(SchedulingContext context) {
        return present.stream().anyMatch(job -> !context.isRunning(job) || context.host(job) != job);
    }

    private static boolean isFixed(SchedulingContext context, int job) {
        return context.isRunning(job) && !context.job(job).traits().preemptible();
    }

    private void regroup(SchedulingContext context, List<Integer> order) {
        int gpus = context.freeGpus();
        List<Candidate> candidates = new ArrayList<>();
        for (int job : order) {
            if (!isFixed(context, job)) {
                candidates.add(candidate(context, job));
                gpus += context.isRunning(job) && context.host(job) == job ? context.gpus(job) : 0;
            }
        }
        List<Group> groups = new ArrayList<>();
        int left = gpus;
        for (Group group : grouping.of(candidates, gpus)) {
            if (group.gpus() <= left) {
                groups.add(group);
                left -= group.gpus();
            }
        }
        apply(context, groups, candidates);
    }

    private static Candidate candidate(SchedulingContext context, int number) {
        ClusterJob job = context.job(number);
        JobStages stages = job.traits().preemptible() ? job.traits().stages() : JobStages.NONE;
        return new Candidate(number, context.gpus(number), context.kind(number), stages);
    }

    private void apply(SchedulingContext context, List<Group> groups, List<Candidate> candidates) {
        Set<Integer> staying = new HashSet<>();
        Set<Integer> claimed = new HashSet<>();
        for (Group group : groups) {
            staying.addAll(staying(context, group, claimed));
        }
        for (Candidate candidate : candidates) {
            if (context.isRunning(candidate.job()) && !staying.contains(candidate.job())) {
                context.preempt(candidate.job());
                rank.stopped(context, candidate.job());
            }
        }
        groups.forEach(group -> start(context, group));
    }

    /** Those of a group that go on: the most that share GPUs now, unless another group has claimed these. */
    private static List<Integer> staying(SchedulingContext context, Group group, Set<Integer> claimed) {
        Map<Integer, List<Integer>> byHost = new HashMap<>();
        List<Integer> most = List.of();
        for (Candidate member : group.jobs()) {
            int host = context.isRunning(member.job()) ? context.host(member.job()) : JobRank.NONE;
            if (host != JobRank.NONE && !claimed.contains(host)) {
                List<Integer> together = byHost.computeIfAbsent(host, none -> new ArrayList<>());
                together.add(member.job());
                most = together.size() > most.size() ? together : most;
            }
        }
        if (!most.isEmpty()) {
            claimed.add(context.host(most.get(0)));
        }
        return most;
    }

    /** Starts the members that do not run beside one that does, or the first alone if none does. */
    private void start(SchedulingContext context, Group group) {
        int host = group.jobs().stream()
                .map(Candidate::job)
                .filter(context::isRunning)
                .findFirst()
                .orElse(group.jobs().get(0).job());
        if (!context.isRunning(host) && !start(context, host)) {
            return;
        }
        for (Candidate member : group.jobs()) {
            if (!context.isRunning(member.job())) {
                context.startBeside(member.job(), host);
                rank.started(context, member.job());
            }
        }
    }

    private boolean start(SchedulingContext context, int job) {
        boolean started = context.start(job);
        if (started) {
            rank.started(context, job);
        }
        return started;
    }

    @Override
    public long wakeUpNanos() {
        return wakeUpNanos;
    }
}
