package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.step.StepModel;
import trainyard.sim.hardware.ClusterSpec;

/** Tries single changes to a job that does not fit and names those that make it fit. */
final class MemoryFixes {

    private final StepModel model;
    private final TrainingJob job;

    MemoryFixes(StepModel model, TrainingJob job) {
        this.model = model;
        this.job = job;
    }

    /** {@code fits with: recompute full | zero 1}, or what was tried in vain. */
    String describe() {
        List<String> fits = new ArrayList<>();
        ParallelPlan plan = job.plan();
        for (Recompute recompute : Recompute.values()) {
            if (recompute.ordinal() > plan.recompute().ordinal()) {
                String word = recompute.name().toLowerCase(Locale.ROOT);
                tryPlan("recompute " + word, plan(plan.tensor(), plan.pipeline(), plan.zeroStage(), recompute), fits);
            }
        }
        if (plan.zeroStage() == 0 && plan.data() > 1) {
            tryPlan("zero 1", plan(plan.tensor(), plan.pipeline(), 1, plan.recompute()), fits);
        }
        tryMicroBatch(fits);
        tryPlan("tensor " + 2 * plan.tensor() + onGpus(plan), widened(2, 1), fits);
        tryPlan("pipeline " + 2 * plan.pipeline() + onGpus(plan), widened(1, 2), fits);
        return fits.isEmpty()
                ? "no single change fits; use more GPUs per replica (tensor x pipeline) and recompute full"
                : "fits with: " + String.join(" | ", fits);
    }

    private void tryMicroBatch(List<String> fits) {
        Batch batch = job.batch();
        if (batch.micro() > 1) {
            Batch single = new Batch(batch.global(), 1, batch.sequence());
            attempt(() -> job(job.plan(), single)).filter(this::fits).ifPresent(found -> fits.add("micro 1"));
        }
    }

    private void tryPlan(String name, Optional<ParallelPlan> plan, List<String> fits) {
        plan.flatMap(tried -> attempt(() -> job(tried, job.batch())))
                .filter(this::fits)
                .ifPresent(found -> fits.add(name));
    }

    private boolean fits(TrainingJob tried) {
        return attempt(() -> model.cost(tried))
                .filter(cost -> cost.memory().fits())
                .isPresent();
    }

    private Optional<ParallelPlan> widened(int tensorFactor, int pipelineFactor) {
        ParallelPlan plan = job.plan();
        return plan(plan.tensor() * tensorFactor, plan.pipeline() * pipelineFactor, plan.zeroStage(), plan.recompute());
    }

    /** Twice as many GPUs per replica; the number of GPUs is named where it grows. */
    private static String onGpus(ParallelPlan plan) {
        return plan.data() > 1 ? "" : " (" + 2 * plan.gpus() + " GPUs)";
    }

    private Optional<ParallelPlan> plan(int tensor, int pipeline, int zero, Recompute recompute) {
        ParallelPlan plan = job.plan();
        int data = Math.max(1, job.plan().gpus() / (tensor * pipeline));
        boolean sameChunks = pipeline == plan.pipeline();
        return attempt(() -> new ParallelPlan(
                tensor,
                plan.sequenceParallel(),
                pipeline,
                plan.virtualStages(),
                plan.schedule(),
                data,
                zero,
                recompute,
                sameChunks ? plan.layersPerChunk() : List.of()));
    }

    private TrainingJob job(ParallelPlan plan, Batch batch) {
        ClusterSpec cluster = job.cluster();
        int gpusPerNode = cluster.node().gpus();
        int nodes = Math.max(cluster.nodes(), (plan.gpus() + gpusPerNode - 1) / gpusPerNode);
        ClusterSpec enough = new ClusterSpec(cluster.node(), nodes, cluster.fabric());
        return new TrainingJob(job.model(), batch, job.precision(), plan, enough, job.software());
    }

    /** A change may contradict the batch or the model; then it is no fix. */
    private static <T> Optional<T> attempt(Supplier<T> change) {
        try {
            return Optional.of(change.get());
        } catch (IllegalArgumentException contradiction) {
            return Optional.empty();
        }
    }
}
