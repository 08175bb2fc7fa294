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
 * @param placeSeconds time that the leader takes to place a new job, one after the other; 0 for none
 */
public record ControlledJob(boolean asksEachStep, double stepSeconds, double submitSeconds, double placeSeconds) {

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
            outcome.slow().ifPresent(slow -> {
                changes.add(SimTime.seconds(slow.when().fromNanos()));
                changes.add(SimTime.seconds(slow.when().toNanos()));
                outcome.leaders().forEach(leader -> changes.add(SimTime.seconds(leader.atNanos())));
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
        if (!asksEachStep) {
            return 1;
        }
        return outcome.isLed(SimTime.nanos(seconds))
                ? stepSeconds / (stepSeconds + roundTrip(seconds, controllers, outcome))
                : 0;
    }

    /** What the leader's delay adds to a step: one message there, one back from a leader that may be slow. */
    private static double roundTrip(double seconds, Controllers controllers, ElectionOutcome outcome) {
        return 2 * controllers.delay().meanSeconds() + outcome.addedSeconds(SimTime.nanos(seconds));
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

    /**
     * A new job.
     *
     * @param atSeconds when it comes
     * @param beginSeconds when the leader that places it turns to it
     * @param doneSeconds when it is placed
     */
    public record NewJob(double atSeconds, double beginSeconds, double doneSeconds) {

        /** From when it comes until it is placed. */
        public double latencySeconds() {
            return doneSeconds - atSeconds;
        }

        /** Whether it found no leader, or one that had others to place before it. */
        public boolean waited() {
            return beginSeconds > atSeconds;
        }
    }

    /**
     * The new jobs in the order in which they come. The leader places them one after the other; one that it does not finish before it is
     * gone is begun anew by the next leader.
     */
    public List<NewJob> newJobs(Controllers controllers, ElectionOutcome outcome) {
        List<NewJob> jobs = new ArrayList<>();
        List<Gap> gaps = outcome.outages();
        double free = 0;
        int gap = 0;
        for (double at = submitSeconds; at < controllers.horizonSeconds(); at += submitSeconds) {
            double begin = Math.max(at, free);
            double end = begin + placing(begin, controllers, outcome);
            for (; gap < gaps.size() && !isBehind(gaps.get(gap), begin, end); gap++) {
                if (!isOver(gaps.get(gap), begin)) {
                    begin = SimTime.seconds(gaps.get(gap).toNanos());
                    end = begin + placing(begin, controllers, outcome);
                }
            }
            jobs.add(new NewJob(at, begin, end));
            free = end;
        }
        return jobs;
    }

    private static boolean isOver(Gap gap, double seconds) {
        return gap.toNanos() <= SimTime.nanos(seconds);
    }

    /** Whether a stretch without a leader begins when a job is placed already. */
    private static boolean isBehind(Gap gap, double begin, double end) {
        return gap.fromNanos() > SimTime.nanos(begin) && gap.fromNanos() >= SimTime.nanos(end);
    }

    /** Time that the leader takes for a job, with the way there and back; 0 where it is left out. */
    private double placing(double seconds, Controllers controllers, ElectionOutcome outcome) {
        return placeSeconds == 0 ? 0 : placeSeconds + roundTrip(seconds, controllers, outcome);
    }

    /** From when the outage struck a leader until a new job finds none before it that still waits; 0 without an outage or a wait behind it. */
    public double backlogSeconds(ElectionOutcome outcome, List<NewJob> jobs) {
        if (outcome.struckNanos().isEmpty()) {
            return 0;
        }
        double struck = SimTime.seconds(outcome.struckNanos().getAsLong());
        return jobs.stream()
                .filter(job -> job.waited() && job.doneSeconds() > struck)
                .mapToDouble(job -> job.doneSeconds() - struck)
                .max()
                .orElse(0);
    }
}
