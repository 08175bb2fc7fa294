package trainyard.training.run;

import trainyard.training.clock.ComputeLaw;
import trainyard.training.clock.Outages;

/**
 * The workers of a run and what is between them.
 *
 * @param count number of workers, 1 or more
 * @param compute how long gradients take
 * @param outages when workers fail
 * @param network how long bytes take
 */
public record WorkerGroup(int count, ComputeLaw compute, Outages outages, TrainingNetwork network) {

    public WorkerGroup {
        if (count < 1) {
            throw new IllegalArgumentException(count + " workers; 1 or more are needed");
        }
    }

    /** Workers that do not fail, with exchange that takes no time. */
    public static WorkerGroup of(int count, ComputeLaw compute) {
        return new WorkerGroup(count, compute, Outages.NONE, TrainingNetwork.FREE);
    }

    /** Another number of the same workers. */
    public WorkerGroup withCount(int other) {
        return new WorkerGroup(other, compute, outages, network);
    }

    /** The same with other times of gradients. */
    public WorkerGroup withCompute(ComputeLaw other) {
        return new WorkerGroup(count, other, outages, network);
    }

    /** The same with other outages. */
    public WorkerGroup withOutages(Outages other) {
        return new WorkerGroup(count, compute, other, network);
    }

    /** The same over another network. */
    public WorkerGroup withNetwork(TrainingNetwork other) {
        return new WorkerGroup(count, compute, outages, other);
    }
}
