package trainyard.parallel.search;

import java.util.Objects;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Model;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.ClusterSpec;

/**
 * A training job of which everything is known but the plan and the micro-batch.
 *
 * @param model what is trained
 * @param globalBatch sequences of one step
 * @param sequence tokens of a sequence
 * @param precision number formats
 * @param cluster the machines
 * @param software framework generation
 * @param settings choices that every plan shares
 */
public record UnplannedJob(
        Model model,
        int globalBatch,
        int sequence,
        PrecisionRecipe precision,
        ClusterSpec cluster,
        SoftwareProfile software,
        PlanSettings settings) {

    /** A job whose plans have nothing in common. */
    public UnplannedJob(
            Model model,
            int globalBatch,
            int sequence,
            PrecisionRecipe precision,
            ClusterSpec cluster,
            SoftwareProfile software) {
        this(model, globalBatch, sequence, precision, cluster, software, PlanSettings.NONE);
    }

    public UnplannedJob {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(software, "software");
        Objects.requireNonNull(settings, "settings");
        if (globalBatch < 1 || sequence < 1) {
            throw new IllegalArgumentException(
                    "batch sizes must be positive, got global " + globalBatch + ", sequence " + sequence);
        }
    }

    /**
     * The job with a plan.
     *
     * @throws trainyard.parallel.plan.PlanException if the plan contradicts the batch or the cluster
     */
    public TrainingJob with(Candidate candidate) {
        return with(candidate, globalBatch);
    }

    TrainingJob with(Candidate candidate, int otherGlobalBatch) {
        Batch batch = new Batch(otherGlobalBatch, candidate.micro(), sequence);
        return new TrainingJob(model, batch, precision, candidate.plan(), cluster, software);
    }

    /** Layers that a pipeline may cut between. */
    int blocks() {
        return (int) model.layers().stream()
                .filter(layer -> layer.role() == LayerRole.BLOCK)
                .count();
    }
}
