package trainyard.parallel.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Sharding;
import trainyard.sim.hardware.ClusterSpec;

/**
 * What would make a job fit. Every change is applied alone, keeps the global batch, and is estimated again; only those that
 * fit are named, the ones that cost least time first: sharding, recomputation, a smaller micro-batch, offloading to the host,
 * then more model parallelism in place of replicas, or on more GPUs where there is one replica.
 */
public final class MemoryAdvice {

    private final TrainingJob job;
    private final List<Remedy> remedies = new ArrayList<>();

    private MemoryAdvice(TrainingJob job) {
        this.job = job;
    }

    /** Single changes after which the job fits, empty where none does. */
    public static List<Remedy> remedies(TrainingJob job) {
        MemoryAdvice advice = new MemoryAdvice(job);
        advice.shardMore();
        advice.recomputeMore();
        advice.smallerMicroBatch();
        advice.offload();
        advice.splitMore();
        return List.copyOf(advice.remedies);
    }

    /** The lowest stage of ZeRO above the present one that fits, which communicates least. */
    private void shardMore() {
        ParallelPlan plan = job.plan();
        for (int stage = plan.zeroStage() + 1; stage <= 3 && remedies.isEmpty() && plan.data() > 1; stage++) {
            int more = stage;
            tryPlan("zero: " + stage, () -> plan.with(Sharding.zero(more)));
        }
        if (plan.tensor() > 1 && !plan.sequenceParallel()) {
            tryPlan("sequence-parallel: true", () -> plan.withSequenceParallel(true));
        }
    }

    private void recomputeMore() {
        ParallelPlan plan = job.plan();
        for (Recompute recompute : Recompute.WORDS) {
            if (recompute.rule().compareTo(plan.recompute().rule()) > 0) {
                tryPlan("recompute: " + recompute.word(), () -> plan.with(recompute));
            }
        }
    }

    /** The largest smaller micro-batch that divides the present one and fits. */
    private void smallerMicroBatch() {
        int before = remedies.size();
        int present = job.batch().micro();
        for (int micro = present / 2; micro >= 1 && remedies.size() == before; micro--) {
            if (present % micro == 0) {
                Batch batch = new Batch(job.batch().global(), micro, job.batch().sequence());
                tryJob("micro: " + micro, () -> job(job.plan(), batch));
            }
        }
    }

    /** The optimizer's state on the host, and the weights too; both need the ranks to shard what leaves. */
    private void offload() {
        ParallelPlan plan = job.plan();
        if (!plan.offload().equals(Offload.NONE)) {
            return;
        }
        int before = remedies.size();
        int stage = Math.max(2, plan.zeroStage());
        Offload optimizer = Offload.optimizer(OffloadTarget.CPU);
        tryPlan(
                (stage == plan.zeroStage() ? "" : "zero: 2, ") + "offload-optimizer: cpu",
                () -> plan.with(sharding(stage)).with(optimizer));
        if (remedies.size() == before) {
            tryPlan(
                    (plan.zeroStage() == 3 ? "" : "zero: 3, ") + "offload-optimizer: cpu, offload-parameters: cpu",
                    () -> plan.with(sharding(3)).with(optimizer.withParameters(OffloadTarget.CPU)));
        }
    }

    private Sharding sharding(int stage) {
        return job.plan().zeroStage() == stage ? job.plan().sharding() : Sharding.zero(stage);
    }

    private void splitMore() {
        ParallelPlan plan = job.plan();
        Degrees d = plan.degrees();
        int data = d.data() % 2 == 0 ? d.data() / 2 : d.data();
        tryPlan(
                change("tensor: " + 2 * d.tensor(), data),
                () -> plan.with(new Degrees(2 * d.tensor(), d.context(), d.pipeline(), data, d.expert())));
        Pipelining evenly = plan.pipelining().withLayers(List.of());
        tryPlan(
                change("pipeline: " + 2 * d.pipeline(), data),
                () -> new ParallelPlan(
                        new Degrees(d.tensor(), d.context(), 2 * d.pipeline(), data, d.expert()),
                        evenly,
                        plan.sharding(),
                        plan.sequenceParallel(),
                        plan.checkpointing(),
                        plan.exchanges(),
                        plan.offload(),
                        plan.gradients()));
    }

    /** The change with what becomes of the replicas, or the GPUs that it takes where there are none to give up. */
    private String change(String what, int data) {
        int present = job.plan().data();
        return data == present ? what + " on " + 2 * job.plan().gpus() + " GPUs" : what + ", data: " + data;
    }

    private void tryPlan(String change, Supplier<ParallelPlan> plan) {
        tryJob(change, () -> job(plan.get(), job.batch()));
    }

    /** A change may contradict the model, the batch or the hardware; then it is no remedy. */
    private void tryJob(String change, Supplier<TrainingJob> changed) {
        try {
            TrainingJob tried = changed.get();
            if (MemoryModel.estimate(tried).fits()) {
                remedies.add(new Remedy(change, tried));
            }
        } catch (IllegalArgumentException contradiction) {
            return;
        }
    }

    private TrainingJob job(ParallelPlan plan, Batch batch) {
        ClusterSpec cluster = job.cluster();
        int gpusPerNode = cluster.node().gpus();
        int nodes = Math.max(cluster.nodes(), (plan.gpus() + gpusPerNode - 1) / gpusPerNode);
        ClusterSpec enough = new ClusterSpec(cluster.node(), nodes, cluster.fabric());
        return new TrainingJob(job.model(), batch, job.precision(), plan, enough, job.software());
    }
}
