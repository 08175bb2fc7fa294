package trainyard.faults.coordination.election;

import java.util.ArrayList;
import java.util.List;
import trainyard.faults.coordination.election.ElectionOutcome.Gap;
import trainyard.sim.engine.SimTime;

/**
 * A running job and new ones beside controllers that may have no leader for a while.
 *
 * @param asksEachStep whether the running job asks the leader before each step, so that it stands still without one and
 *     waits for a slow one; otherwise it needs it for nothing
 * @param stepSeconds time of a step, above 0
 * @param submitSeconds time between two new jobs, each of which a leader has to start, above 0
 */
public record ControlledJob(boolean asksEachStep, double stepSeconds, double submitSeconds) {

    /**
     * The speed of the running job from a time on.
     *
     * @param seconds from when
     * @param share steps per time over those that nothing slows
     */
    public record Speed(double seconds, double share) {}

    /** The speed of the running job over time, its changes in order. */
    public List<Speed> speeds(Controllers controllers, ElectionOutcome outcome) {
        List<Double> changes = new ArrayList<>(List.of(0.0));
        if (asksEachStep) {
            for (Gap gap : outcome.outages()) {
                changes.add(SimTime.seconds(gap.fromNanos()));
                changes.add(SimTime.seconds(gap.toNanos()));
            }
            controllers.outage().ifPresent(slow -> {
                changes.add(slow.fromSeconds());
                changes.add(slow.fromSeconds() + slow.seconds());
            });
        }
        return changes.stream()
                .distinct()
                .sorted()
                .filter(seconds -> seconds < controllers.horizonSeconds())
                .map(seconds -> new Speed(seconds, share(seconds, controllers, outcome)))
                .toList();
    }

    private double share(double seconds, Controllers controllers, ElectionOutcome outcome) {
        long nanos = SimTime.nanos(seconds);
        boolean led = outcome.outages().stream().noneMatch(gap -> gap.fromNanos() <= nanos && nanos < gap.toNanos());
        if (!asksEachStep) {
            return 1;
        }
        return led ? stepSeconds / (stepSeconds + roundTrip(seconds, controllers, outcome)) : 0;
    }

    /** What the leader's delay adds to a step: one message there, one back from a leader that may be slow. */
    private static double roundTrip(double seconds, Controllers controllers, ElectionOutcome outcome) {
        double added = controllers
                .outage()
                .filter(outage -> outage.addedDelaySeconds().isPresent()
                        && seconds >= outage.fromSeconds()
                        && seconds < outage.fromSeconds() + outage.seconds()
                        && leaderAt(seconds, outcome) == leaderAt(outage.fromSeconds(), outcome))
                .map(outage -> outage.addedDelaySeconds().getAsDouble())
                .orElse(0.0);
        return 2 * controllers.delay().meanSeconds() + added;
    }

    private static int leaderAt(double seconds, ElectionOutcome outcome) {
        int leader = Member.NOBODY;
        for (ElectionOutcome.Leadership one : outcome.leaders()) {
            leader = SimTime.seconds(one.atNanos()) <= seconds ? one.member() : leader;
        }
        return leader;
    }

    /** Training time that the running job lost, in seconds. */
    public double lostSeconds(Controllers controllers, ElectionOutcome outcome) {
        double horizon = controllers.horizonSeconds();
        return horizon * (1 - meanSpeed(speeds(controllers, outcome), 0, horizon));
    }

    /**
     * The mean speed of the running job between two times.
     *
     * @param speeds as {@link #speeds} gives them
     */
    public static double meanSpeed(List<Speed> speeds, double from, double to) {
        double lost = 0;
        for (int i = 0; i < speeds.size(); i++) {
            double start = Math.max(from, speeds.get(i).seconds());
            double end = Math.min(to, i + 1 < speeds.size() ? speeds.get(i + 1).seconds() : to);
            lost += end > start ? (1 - speeds.get(i).share()) * (end - start) : 0;
        }
        return 1 - lost / (to - from);
    }

    /** How long each new job waits for a leader, in the order in which they come. */
    public List<Double> waits(Controllers controllers, ElectionOutcome outcome) {
        List<Double> waits = new ArrayList<>();
        for (double at = submitSeconds; at < controllers.horizonSeconds(); at += submitSeconds) {
            long nanos = SimTime.nanos(at);
            waits.add(outcome.outages().stream()
                    .filter(gap -> gap.fromNanos() <= nanos && nanos < gap.toNanos())
                    .map(gap -> SimTime.seconds(gap.toNanos() - nanos))
                    .findFirst()
                    .orElse(0.0));
        }
        return waits;
    }
}
