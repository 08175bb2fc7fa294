package trainyard.scheduler.policy.goodput;

import java.util.Optional;
import trainyard.scheduler.goodput.GoodputTable;
import trainyard.scheduler.goodput.WorkParts;

/** A job of a policy by goodput: how it trains, what it has, and what it has been through. */
public final class TrainedJob {

    /**
     * How it trains.
     *
     * @param goodput of jobs like it
     * @param parts of its work
     */
    public record Training(GoodputTable goodput, WorkParts parts) {}

    private final int job;
    private final Optional<Training> training;
    private AllocationRow now;
    private int starts;
    private int mostGpus;

    /**
     * @param job its number
     * @param training empty where only its run time is known
     * @param nodes of the cluster
     */
    public TrainedJob(int job, Optional<Training> training, int nodes) {
        this.job = job;
        this.training = training;
        now = AllocationRow.none(nodes);
    }

    /** Its number in the order of arrival. */
    public int job() {
        return job;
    }

    /** Empty where only its run time is known. */
    public Optional<Training> training() {
        return training;
    }

    /** What it has. */
    public AllocationRow now() {
        return now;
    }

    /** How often it was stopped and started again. */
    public int restarts() {
        return Math.max(0, starts - 1);
    }

    /** Most GPUs that it had so far. */
    public int mostGpus() {
        return mostGpus;
    }

    /** It has some GPUs. */
    public void start(AllocationRow row) {
        now = row;
        starts++;
        mostGpus = Math.max(mostGpus, row.total());
    }

    /** It has nothing any more. */
    public void stop() {
        now = AllocationRow.none(now.copy().length);
    }
}
