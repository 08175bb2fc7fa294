package trainyard.parallel.search;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Schedule;

/**
 * Peak memory of a candidate. Every schedule but GPipe holds its most activations within the first rounds of p
 * micro-batches, so that a step of a few rounds stands for one of thousands.
 */
final class SteadyMemory {

    private static final int ROUNDS = 3;

    private SteadyMemory() {}

    /** Bytes of the stage that needs most. */
    static double bytes(UnplannedJob job, Candidate candidate) {
        TrainingJob whole = job.with(candidate);
        ParallelPlan plan = candidate.plan();
        int few = ROUNDS * plan.pipeline() + whole.microBatches() % plan.pipeline();
        TrainingJob looked = plan.schedule() == Schedule.GPIPE || whole.microBatches() <= few
                ? whole
                : job.with(candidate, few * plan.data() * candidate.micro());
        return MemoryModel.estimate(looked).peak().totalBytes();
    }
}
