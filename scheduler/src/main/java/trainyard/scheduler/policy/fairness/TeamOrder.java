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
 * Progressive filling: as long as anything fits, the team with the least share starts its first job that fits; of equal teams the
 * one whose first job came first. Within a team the first that came is first. Nothing is preempted.
 */
public final class TeamOrder implements SchedulingPolicy {

    private final ShareMeter meter;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<WaitingJobs> waiting = new ArrayList<>();

    public TeamOrder(ShareMeter meter) {
        this.meter = Objects.requireNonNull(meter, "meter");
    }

    @Override
    public String name() {
        return meter.name();
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        String team = context.job(job).team();
        Integer number = numbers.get(team);
        if (number == null) {
            number = numbers.size();
            numbers.put(team, number);
            waiting.add(new WaitingJobs());
            meter.joined(context, number, team);
        }
        waiting.get(number).add(context, 0, job);
    }

    private int team(SchedulingContext context, int job) {
        return numbers.get(context.job(job).team());
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        meter.ended(context, team(context, job), job);
    }

    @Override
    public void schedule(SchedulingContext context) {
        for (int team = 0; team < waiting.size(); team++) {
            waiting.get(team).beginWalk();
        }
        for (int team = poorest(context); team >= 0; team = poorest(context)) {
            WaitingJobs queue = waiting.get(team);
            int job = queue.first(context.freeGpus());
            if (meter.admits(context, job) && context.start(job)) {
                queue.take(context, job);
                meter.started(context, team, job);
            } else {
                queue.close(context, job);
            }
        }
    }

    /** The team with the least share of those with a job that may fit; -1 if there is none. */
    private int poorest(SchedulingContext context) {
        int poorest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int team = 0; team < waiting.size(); team++) {
            WaitingJobs queue = waiting.get(team);
            if (queue.size() > 0 && queue.first(context.freeGpus()) != WaitingJobs.NONE) {
                double share = meter.share(context, team);
                if (share < least) {
                    least = share;
                    poorest = team;
                }
            }
        }
        return poorest;
    }

    @Override
    public WaitReason whyWaits(SchedulingContext context, int job) {
        return meter.admits(context, job) ? WaitReason.ofCluster(context, job) : WaitReason.of(Cause.HOST);
    }
}
