package trainyard.parallel.memory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.step.ChunkLayout;
import trainyard.parallel.step.TrainingJob;

/** Peak memory of every stage's ranks: model states of mixed-precision Adam (Rajbhandari et al. 2020, section 3.1). */
public final class MemoryModel {

    /** Master weights and two moments in 32 bits. */
    private static final double ADAM_STATE_BYTES = 12;

    private MemoryModel() {}

    public static MemoryEstimate estimate(TrainingJob job) {
        ParallelPlan plan = job.plan();
        ChunkLayout layout = ChunkLayout.of(job.model(), plan);
        List<StageMemory> stages = new ArrayList<>();
        for (int stage = 0; stage < plan.pipeline(); stage++) {
            double parameters = layout.parametersPerRank(stage, plan.tensor());
            double shards = plan.zeroStage() == 0 ? 1 : plan.data();
            Map<MemoryComponent, Double> bytes = new EnumMap<>(MemoryComponent.class);
            bytes.put(MemoryComponent.PARAMETERS, parameters * job.precision().bytes());
            bytes.put(MemoryComponent.GRADIENTS, parameters * job.software().gradientBytes());
            bytes.put(MemoryComponent.OPTIMIZER_STATE, parameters * ADAM_STATE_BYTES / shards);
            stages.add(new StageMemory(stage, bytes));
        }
        return new MemoryEstimate(stages, job.cluster().node().gpu().memoryBytes());
    }
}
