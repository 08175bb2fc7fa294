package trainyard.scenario.importing.draft;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.Node;

/**
 * What the command line says of the machines and the model, which a training configuration often leaves out.
 *
 * @param gpus GPUs in all
 * @param gpusPerNode GPUs of one server
 * @param cluster preset of the server
 * @param model preset of the model, or a Hugging Face {@code config.json}
 * @param changes laid over the scenario at last
 */
public record Target(
        Optional<Found> gpus,
        Optional<Found> gpusPerNode,
        Optional<Found> cluster,
        Optional<Found> model,
        List<Assignment> changes) {

    private static final String TENSOR = "job.parallel.tensor";

    private static final Set<String> MODEL_PARALLEL = Set.of(TENSOR, "job.parallel.pipeline", "job.parallel.context");

    public Target {
        Objects.requireNonNull(gpus, "gpus");
        Objects.requireNonNull(gpusPerNode, "gpusPerNode");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(model, "model");
        changes = List.copyOf(changes);
    }

    /** Nothing stated. */
    public static Target none() {
        return new Target(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * GPUs of one replica of the model, as far as the changes say.
     *
     * @param tensor tensor ranks where the changes say nothing of them
     */
    public long gpusPerReplica(long tensor) {
        long product = 1;
        boolean tensorChanged = false;
        for (Assignment change : changes) {
            String path = change.path().toString();
            if (MODEL_PARALLEL.contains(path) && change.value() instanceof Node.Scalar degree) {
                product *= new Found(path, degree.text(), degree.position()).count();
                tensorChanged |= path.equals(TENSOR);
            }
        }
        return tensorChanged ? product : product * tensor;
    }

    /** The model of the command line instead of what the draft has, if there is one. */
    public void putModel(Draft draft) {
        model.ifPresent(stated -> {
            draft.drop("job.model");
            draft.read(
                    stated.text().endsWith(".json") ? "job.model.huggingface" : "job.model.preset",
                    stated.text(),
                    stated);
        });
    }
}
