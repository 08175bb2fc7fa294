package trainyard.parallel.search;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.schedule.Schedule;

/**
 * Peak memory of a candidate. 1F1B, plain and interleaved, holds its most activations within the first rounds of p
 * micro-batches, so that a step of a few rounds stands for one of thousands; other schedules are looked at whole.
 */
final class SteadyMemory {

    private static final int ROUNDS = 3;

    private SteadyMemory() {}

    /** Bytes of the stage that needs most. */
    static double bytes(UnplannedJob job, Candidate candidate) {
        TrainingJob whole = job.with(candidate);
        ParallelPlan plan = candidate.plan();
        int few = ROUNDS * plan.pipeline() + whole.microBatches() % plan.pipeline();
        boolean steady = plan.schedule() == Schedule.ONE_F_ONE_B || plan.schedule() == Schedule.INTERLEAVED;
        TrainingJob looked = !steady || whole.microBatches() <= few
                ? whole
                : job.with(candidate, few * plan.data() * candidate.micro());
        return MemoryModel.estimate(looked).peak().totalBytes();
    }
}
