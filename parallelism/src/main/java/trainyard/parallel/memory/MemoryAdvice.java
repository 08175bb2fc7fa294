package trainyard.parallel.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Recompute;

/**
 * What would make a job fit. Every change is applied alone, keeps the GPUs and the global batch, and is estimated again;
 * only those that fit are named, the ones that cost least time first: sharding, recomputation, a smaller micro-batch, then
 * more model parallelism in place of replicas.
 */
public final class MemoryAdvice {

    private MemoryAdvice() {}

    /** Single changes after which the job fits, empty where none does. */
    public static List<Remedy> remedies(TrainingJob job) {
        List<Remedy> remedies = new ArrayList<>();
        ParallelPlan plan = job.plan();
        if (plan.zeroStage() == 0 && plan.data() > 1) {
            add(remedies, "zero: 1", job, with(plan, plan.data(), plan.tensor(), plan.pipeline(), 1, plan.recompute()));
        }
        if (plan.tensor() > 1 && !plan.sequenceParallel()) {
            add(remedies, "sequence-parallel: true", job, sequenceParallel(plan));
        }
        for (Recompute recompute : Recompute.values()) {
            if (recompute.compareTo(plan.recompute()) > 0) {
                String change = "recompute: " + recompute.name().toLowerCase(Locale.ROOT);
                add(
                        remedies,
                        change,
                        job,
                        with(plan, plan.data(), plan.tensor(), plan.pipeline(), plan.zeroStage(), recompute));
            }
        }
        smallerMicroBatch(job).ifPresent(remedies::add);
        if (plan.data() % 2 == 0) {
            int half = plan.data() / 2;
            add(
                    remedies,
                    "tensor: " + 2 * plan.tensor() + ", data: " + half,
                    job,
                    with(plan, half, 2 * plan.tensor(), plan.pipeline(), plan.zeroStage(), plan.recompute()));
            add(
                    remedies,
                    "pipeline: " + 2 * plan.pipeline() + ", data: " + half,
                    job,
                    with(plan, half, plan.tensor(), 2 * plan.pipeline(), plan.zeroStage(), plan.recompute()));
        }
        return remedies;
    }

    /** The largest smaller micro-batch that divides the present one and fits. */
    private static Optional<Remedy> smallerMicroBatch(TrainingJob job) {
        for (int micro = job.batch().micro() / 2; micro >= 1; micro--) {
            if (job.batch().micro() % micro == 0) {
                Batch batch = new Batch(job.batch().global(), micro, job.batch().sequence());
                Optional<Remedy> remedy = remedy("micro: " + micro, job, job.plan(), batch);
                if (remedy.isPresent()) {
                    return remedy;
                }
            }
        }
        return Optional.empty();
    }

    private static void add(List<Remedy> remedies, String change, TrainingJob job, ParallelPlan plan) {
        remedy(change, job, plan, job.batch()).ifPresent(remedies::add);
    }

    /** Nothing where the change contradicts the model or does not help. */
    private static Optional<Remedy> remedy(String change, TrainingJob job, ParallelPlan plan, Batch batch) {
        try {
            TrainingJob changed =
                    new TrainingJob(job.model(), batch, job.precision(), plan, job.cluster(), job.software());
            MemoryEstimate memory = MemoryModel.estimate(changed);
            return memory.fits() ? Optional.of(new Remedy(change, changed, memory)) : Optional.empty();
        } catch (PlanException contradiction) {
            return Optional.empty();
        }
    }

    private static ParallelPlan sequenceParallel(ParallelPlan plan) {
        return new ParallelPlan(
                plan.tensor(),
                true,
                plan.pipeline(),
                plan.virtualStages(),
                plan.schedule(),
                plan.data(),
                plan.zeroStage(),
                plan.recompute(),
                plan.layersPerChunk());
    }

    private static ParallelPlan with(
            ParallelPlan plan, int data, int tensor, int pipeline, int zeroStage, Recompute recompute) {
        return new ParallelPlan(
                tensor,
                plan.sequenceParallel(),
                pipeline,
                plan.virtualStages(),
                plan.schedule(),
                data,
                zeroStage,
                recompute,
                pipeline == plan.pipeline() ? plan.layersPerChunk() : List.of());
    }
}
