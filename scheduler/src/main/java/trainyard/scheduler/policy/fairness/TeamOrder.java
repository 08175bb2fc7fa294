package trainyard.scheduler.policy.fairness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import trainyard.scheduler.policy.Desk;
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
    public void arrived(Desk desk, int job) {
        String team = desk.job(job).team();
        Integer number = numbers.get(team);
        if (number == null) {
            number = numbers.size();
            numbers.put(team, number);
            waiting.add(new WaitingJobs());
            meter.joined(desk, number, team);
        }
        waiting.get(number).add(desk, 0, job);
    }

    private int team(Desk desk, int job) {
        return numbers.get(desk.job(job).team());
    }

    @Override
    public void ended(Desk desk, int job) {
        meter.ended(desk, team(desk, job), job);
    }

    @Override
    public void schedule(Desk desk) {
        for (int team = 0; team < waiting.size(); team++) {
            waiting.get(team).beginWalk();
        }
        for (int team = poorest(desk); team >= 0; team = poorest(desk)) {
            WaitingJobs queue = waiting.get(team);
            int job = queue.first(desk.freeGpus());
            if (meter.admits(desk, job) && desk.start(job)) {
                queue.take(desk, job);
                meter.started(desk, team, job);
            } else {
                queue.close(desk, job);
            }
        }
    }

    /** The team with the least share of those with a job that may fit; -1 if there is none. */
    private int poorest(Desk desk) {
        int poorest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int team = 0; team < waiting.size(); team++) {
            WaitingJobs queue = waiting.get(team);
            if (queue.size() > 0 && queue.first(desk.freeGpus()) != WaitingJobs.NONE) {
                double share = meter.share(desk, team);
                if (share < least) {
                    least = share;
                    poorest = team;
                }
            }
        }
        return poorest;
    }

    @Override
    public WaitReason whyWaits(Desk desk, int job) {
        return meter.admits(desk, job) ? WaitReason.ofCluster(desk, job) : WaitReason.of(Cause.HOST);
    }
}
