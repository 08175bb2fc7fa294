package trainyard.parallel.search;

import java.util.Optional;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.memory.MemoryEstimate;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;

/**
 * Peak memory of a candidate. 1F1B, plain and interleaved, holds its most activations within the first rounds of p
 * micro-batches, so that a step of a few rounds stands for one of thousands; other schedules are looked at whole. Plans
 * that follow each other mostly differ in what shards and recomputes, so the order of passes of the one before is kept.
 * Not thread-safe.
 */
public final class SteadyMemory {

    private static final int ROUNDS = 3;

    private Optional<Known> before = Optional.empty();

    private record Known(Schedule schedule, PipelineShape shape, PipelineProgram program) {}

    /** What the candidate needs. */
    public MemoryEstimate of(UnplannedJob job, Candidate candidate) {
        TrainingJob whole = job.with(candidate);
        ParallelPlan plan = candidate.plan();
        int few = ROUNDS * plan.pipeline() + whole.microBatches() % plan.pipeline();
        boolean steady = plan.schedule() == Schedule.ONE_F_ONE_B || plan.schedule() == Schedule.INTERLEAVED;
        TrainingJob looked = !steady || whole.microBatches() <= few
                ? whole
                : job.with(candidate, few * plan.data() * candidate.micro());
        return MemoryModel.estimate(looked, program(looked));
    }

    /** What a schedule with parted backward passes does depends on more than its shape. */
    private PipelineProgram program(TrainingJob job) {
        Schedule schedule = job.plan().schedule();
        PipelineShape shape = job.pipelineShape();
        if (!schedule.runsWholeBackwards()) {
            return MemoryModel.program(job);
        }
        if (before.filter(known -> known.schedule == schedule && known.shape.equals(shape))
                .isEmpty()) {
            before = Optional.of(new Known(schedule, shape, MemoryModel.program(job)));
        }
        return before.orElseThrow().program;
    }
}
