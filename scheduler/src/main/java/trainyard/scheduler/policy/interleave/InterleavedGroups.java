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
import trainyard.scheduler.policy.Desk;
import trainyard.scheduler.policy.JobRank;
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
    public void arrived(Desk desk, int job) {
        present.add(job);
        changed = true;
    }

    @Override
    public void ended(Desk desk, int job) {
        present.remove(job);
        changed = true;
        rank.ended(desk, job);
    }

    @Override
    public void schedule(Desk desk) {
        while (rank.nextPromoted(desk) != JobRank.NONE) {
            // Ranks are asked for anew below.
        }
        List<Integer> order = order(desk);
        boolean due = desk.nowNanos() >= nextRoundNanos && (changed || ranksGrow && !order.equals(lastOrder));
        if (due && someWaitOrShare(desk)) {
            regroup(desk, order);
            nextRoundNanos = desk.nowNanos() + rules.roundNanos();
            lastOrder = order;
            changed = false;
        }
        for (int job : order) {
            if (!desk.isRunning(job) && desk.gpus(job) <= desk.freeGpus()) {
                start(desk, job);
            }
        }
        wakeUpNanos = (changed || ranksGrow) && someWaitOrShare(desk) ? nextRound(desk) : Long.MAX_VALUE;
    }

    /** Where a round may begin already and nothing has changed, it is looked again when it would be over. */
    private long nextRound(Desk desk) {
        return nextRoundNanos > desk.nowNanos() ? nextRoundNanos : desk.nowNanos() + rules.roundNanos();
    }

    private List<Integer> order(Desk desk) {
        Map<Integer, Long> ranks = new HashMap<>();
        present.forEach(job -> ranks.put(job, rank.of(desk, job)));
        List<Integer> order = new ArrayList<>(present);
        order.sort(Comparator.comparingLong(ranks::get));
        return order;
    }

    private boolean someWaitOrShare(Desk desk) {
        return present.stream().anyMatch(job -> !desk.isRunning(job) || desk.host(job) != job);
    }

    private static boolean isFixed(Desk desk, int job) {
        return desk.isRunning(job) && !desk.job(job).traits().preemptible();
    }

    private void regroup(Desk desk, List<Integer> order) {
        int gpus = desk.freeGpus();
        List<Candidate> candidates = new ArrayList<>();
        for (int job : order) {
            if (!isFixed(desk, job)) {
                candidates.add(candidate(desk, job));
                gpus += desk.isRunning(job) && desk.host(job) == job ? desk.gpus(job) : 0;
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
        apply(desk, groups, candidates);
    }

    private static Candidate candidate(Desk desk, int number) {
        ClusterJob job = desk.job(number);
        JobStages stages = job.traits().preemptible() ? job.traits().stages() : JobStages.NONE;
        return new Candidate(number, desk.gpus(number), desk.kind(number), stages);
    }

    private void apply(Desk desk, List<Group> groups, List<Candidate> candidates) {
        Set<Integer> staying = new HashSet<>();
        Set<Integer> claimed = new HashSet<>();
        for (Group group : groups) {
            staying.addAll(staying(desk, group, claimed));
        }
        for (Candidate candidate : candidates) {
            if (desk.isRunning(candidate.job()) && !staying.contains(candidate.job())) {
                desk.preempt(candidate.job());
                rank.stopped(desk, candidate.job());
            }
        }
        groups.forEach(group -> start(desk, group));
    }

    /** Those of a group that go on: the most that share GPUs now, unless another group has claimed these. */
    private static List<Integer> staying(Desk desk, Group group, Set<Integer> claimed) {
        Map<Integer, List<Integer>> byHost = new HashMap<>();
        List<Integer> most = List.of();
        for (Candidate member : group.jobs()) {
            int host = desk.isRunning(member.job()) ? desk.host(member.job()) : JobRank.NONE;
            if (host != JobRank.NONE && !claimed.contains(host)) {
                List<Integer> together = byHost.computeIfAbsent(host, none -> new ArrayList<>());
                together.add(member.job());
                most = together.size() > most.size() ? together : most;
            }
        }
        if (!most.isEmpty()) {
            claimed.add(desk.host(most.get(0)));
        }
        return most;
    }

    /** Starts the members that do not run beside one that does, or the first alone if none does. */
    private void start(Desk desk, Group group) {
        int host = group.jobs().stream()
                .map(Candidate::job)
                .filter(desk::isRunning)
                .findFirst()
                .orElse(group.jobs().get(0).job());
        if (!desk.isRunning(host) && !start(desk, host)) {
            return;
        }
        for (Candidate member : group.jobs()) {
            if (!desk.isRunning(member.job())) {
                desk.startBeside(member.job(), host);
                rank.started(desk, member.job());
            }
        }
    }

    private boolean start(Desk desk, int job) {
        boolean started = desk.start(job);
        if (started) {
            rank.started(desk, job);
        }
        return started;
    }

    @Override
    public long wakeUpNanos() {
        return wakeUpNanos;
    }
}
