package trainyard.scheduler.policy.goodput;

import java.util.Optional;
import trainyard.scheduler.goodput.TrainingProfile;
import trainyard.scheduler.goodput.WorkParts;

/** A job of {@link GoodputRounds}: how it trains, what it has, and what it has been through. */
final class TrainedJob {

    /**
     * How it trains.
     *
     * @param goodput of jobs like it
     * @param parts of its work
     */
    record Training(TrainingProfile profile, GoodputTable goodput, WorkParts parts) {}

    private final int job;
    private final Optional<Training> training;
    private AllocationRow now;
    private int starts;
    private int mostGpus;

    TrainedJob(int job, Optional<Training> training, int nodes) {
        this.job = job;
        this.training = training;
        now = AllocationRow.none(nodes);
    }

    int job() {
        return job;
    }

    /** Empty where only its run time is known. */
    Optional<Training> training() {
        return training;
    }

    /** What it has. */
    AllocationRow now() {
        return now;
    }

    /** How often it was stopped and started again. */
    int restarts() {
        return Math.max(0, starts - 1);
    }

    /** Most GPUs that it had so far. */
    int mostGpus() {
        return mostGpus;
    }

    void start(AllocationRow row) {
        now = row;
        starts++;
        mostGpus = Math.max(mostGpus, row.total());
    }

    /** It has nothing any more. */
    void stop() {
        now = AllocationRow.none(now.copy().length);
    }
}
