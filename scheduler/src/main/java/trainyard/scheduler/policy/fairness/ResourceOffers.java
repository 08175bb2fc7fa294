package trainyard.scheduler.policy.fairness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.WaitReason;
import trainyard.scheduler.policy.WaitReason.Cause;
import trainyard.scheduler.policy.WaitingJobs;

/**
 * Two levels (Hindman et al., Mesos, NSDI 2011): at most once in an interval all that is free is offered to one team, the one with the
 * least share of those that want something; it starts whatever fits of its jobs, the first that came first, and leaves the rest. What it left
 * it is not offered again for some time, unless more has become free since. A team that is asked takes all that it can use, so teams come
 * to their shares over many offers and not at once as under {@link TeamOrder}.
 *
 * <p>An offer holds all free GPUs and goes to one team at a time, as the model of Mesos in Schwarzkopf et al. (Omega, EuroSys 2013, section
 * 3.3) has it. What a team left is remembered as a number of GPUs, not by node. Nobody keeps offers to gather GPUs for a wide job, so wide
 * jobs may starve.
 */
public final class ResourceOffers implements SchedulingPolicy {

    private final OfferRules rules;
    private final ShareMeter meter;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Team> teams = new ArrayList<>();
    /** Grows with whatever may change what a team answers. */
    private long changes;

    private int freeBefore;
    private long nextOfferNanos;
    private long wakeUpNanos = Long.MAX_VALUE;

    /** What a team waits for, and what it last left. */
    private static final class Team {
        private final WaitingJobs waiting = new WaitingJobs();
        private int leftGpus;
        private long refusesUntil;
        private long answeredAt;

        /** When it may be offered what is free, if nothing changes. */
        long offeredNanos(int freeGpus, long nowNanos) {
            return freeGpus > leftGpus ? nowNanos : Math.max(nowNanos, refusesUntil);
        }

        /** Whether it may answer otherwise than the last time. */
        boolean isWorthAsking(long changes) {
            return waiting.size() > 0 && answeredAt < changes;
        }
    }

    /**
     * @param meter which team is next
     */
    public ResourceOffers(OfferRules rules, ShareMeter meter) {
        this.rules = Objects.requireNonNull(rules, "rules");
        this.meter = Objects.requireNonNull(meter, "meter");
    }

    @Override
    public String name() {
        return "offers";
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        String name = context.job(job).team();
        Integer number = numbers.get(name);
        if (number == null) {
            number = numbers.size();
            numbers.put(name, number);
            teams.add(new Team());
            meter.joined(context, number, name);
        }
        teams.get(number).waiting.add(context, 0, job);
        changes++;
    }

    private int team(SchedulingContext context, int job) {
        return numbers.get(context.job(job).team());
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        meter.ended(context, team(context, job), job);
        changes++;
    }

    @Override
    public void schedule(SchedulingContext context) {
        // Nodes may come back at the very moment at which it would have woken up by itself.
        changes += context.nowNanos() < wakeUpNanos || context.freeGpus() > freeBefore ? 1 : 0;
        if (context.nowNanos() >= nextOfferNanos) {
            int team = next(context);
            if (team >= 0) {
                answer(context, team);
                nextOfferNanos = context.nowNanos() + rules.intervalNanos();
            }
        }
        freeBefore = context.freeGpus();
        wakeUpNanos = nextOffer(context);
    }

    /** The team that is offered what is free now; -1 if none is. */
    private int next(SchedulingContext context) {
        int next = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int number = 0; number < teams.size() && context.freeGpus() > 0; number++) {
            Team team = teams.get(number);
            boolean asked = team.isWorthAsking(changes)
                    && team.offeredNanos(context.freeGpus(), context.nowNanos()) <= context.nowNanos();
            if (asked && meter.share(context, number) < least) {
                least = meter.share(context, number);
                next = number;
            }
        }
        return next;
    }

    private void answer(SchedulingContext context, int number) {
        Team team = teams.get(number);
        team.waiting.beginWalk();
        int job = team.waiting.first(context.freeGpus());
        while (job != WaitingJobs.NONE) {
            if (meter.admits(context, job) && context.start(job)) {
                team.waiting.take(context, job);
                meter.started(context, number, job);
            } else {
                team.waiting.close(context, job);
            }
            job = team.waiting.first(context.freeGpus());
        }
        team.leftGpus = context.freeGpus();
        team.refusesUntil = context.nowNanos() + rules.refuseNanos();
        team.answeredAt = changes;
    }

    private long nextOffer(SchedulingContext context) {
        long next = Long.MAX_VALUE;
        for (Team team : teams) {
            if (context.freeGpus() > 0 && team.isWorthAsking(changes)) {
                long offered = team.offeredNanos(context.freeGpus(), context.nowNanos());
                next = Math.min(next, Math.max(nextOfferNanos, offered));
            }
        }
        return next;
    }

    @Override
    public long wakeUpNanos() {
        return wakeUpNanos;
    }

    @Override
    public WaitReason whyWaits(SchedulingContext context, int job) {
        return meter.admits(context, job) ? WaitReason.ofCluster(context, job) : WaitReason.of(Cause.HOST);
    }
}
