package trainyard.parallel.job;

import java.util.Objects;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.Model;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.Precision;

/**
 * Everything that decides what one training step costs.
 *
 * @param model what is trained
 * @param batch sequences per step and per micro-batch
 * @param precision format of weights and activations in the matrix products
 * @param plan how it is spread over the GPUs
 * @param cluster the machines; the plan must fit them
 * @param software framework generation
 */
public record TrainingJob(
        Model model,
        Batch batch,
        Precision precision,
        ParallelPlan plan,
        ClusterSpec cluster,
        SoftwareProfile software) {

    public TrainingJob {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(software, "software");
        if (plan.gpus() > cluster.gpus()) {
            throw new PlanException(
                    "data",
                    "tensor " + plan.tensor() + " x pipeline " + plan.pipeline() + " x data " + plan.data() + " = "
                            + plan.gpus() + " needs more than the " + cluster.gpus() + " GPUs of the cluster");
        }
        int perReplica = batch.micro() * plan.data();
        if (batch.global() % perReplica != 0) {
            throw new PlanException(
                    "global",
                    "global batch " + batch.global() + " is not a multiple of micro " + batch.micro() + " x data "
                            + plan.data() + " = " + perReplica + "; nearest: "
                            + Math.max(1, Math.round((double) batch.global() / perReplica)) * perReplica);
        }
    }

    /** Micro-batches of one step on each data-parallel rank. */
    public int microBatches() {
        return batch.global() / (batch.micro() * plan.data());
    }
}
