package trainyard.parallel.step.uneven;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.step.replay.PassReplay;
import trainyard.parallel.step.replay.ReplicaPasses;
import trainyard.parallel.step.replay.ReplicaTiming;
import trainyard.parallel.step.replay.StepBars;
import trainyard.sim.engine.Simulation;

/**
 * A job under one condition after the other. A condition differs from the one before in a few ranks, so most of its replicas
 * have been seen before: the passes of replicas on the same machines are replayed once. Not thread-safe.
 */
public final class UnevenJob {

    /** Kinds of replicas whose passes are held on to, some kilobytes each. */
    private static final int MOST_KNOWN = 4096;

    private final UnevenPricing pricing;
    private final Map<Integer, PipelineProgram> programs = new HashMap<>();
    private final Recent<Kind, Replayed> known = new Recent<>(MOST_KNOWN);
    private int replays;

    private record Kind(List<LockstepRanks> stages, int microBatches) {}

    /** Replicas and what they do until they meet the others. */
    record Replayed(ReplicaTiming timing, ReplicaPasses passes) {}

    public UnevenJob(UnevenPricing pricing) {
        this.pricing = pricing;
    }

    UnevenPricing pricing() {
        return pricing;
    }

    /** One step in a condition. */
    public UnevenStep under(JobCondition condition) {
        return new UnevenStep(this, condition);
    }

    /** Order of the passes of replicas. */
    PipelineProgram program(int microBatches) {
        return programs.computeIfAbsent(microBatches, this::makeProgram);
    }

    private PipelineProgram makeProgram(int microBatches) {
        PipelineShape shape = new PipelineShape(
                pricing.job().plan().pipeline(),
                microBatches,
                pricing.job().plan().virtualStages());
        // The schedule is made from what the job takes when nothing is wrong, so all replicas have it in common.
        return PipelineProgram.of(
                pricing.job().plan().schedule(),
                shape,
                pricing.healthy().timing().estimates(MemoryModel.keptForWeight(pricing.job())));
    }

    /**
     * Replicas and their passes, which depend on nothing but what the replicas run on unless chance has a part in them.
     *
     * @param timing asked for if they have not been seen before
     */
    Replayed replayed(ReplicaClass alike, Supplier<ReplicaTiming> timing) {
        return known.of(new Kind(alike.stages(), alike.microBatches()), kind -> replay(timing.get()));
    }

    /** The same for replicas whose passes chance has a part in. */
    Replayed replay(ReplicaTiming timing) {
        replays++;
        return new Replayed(timing, PassReplay.run(timing, new Simulation(), StepBars.NONE));
    }

    /** How often passes have been replayed, a measure of the work. */
    int replays() {
        return replays;
    }
}
