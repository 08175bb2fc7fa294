package trainyard.scenario.importing.draft;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.ScenarioException;

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

    private static final Set<String> MODEL_PARALLEL =
            Set.of("job.parallel.tensor", "job.parallel.pipeline", "job.parallel.context");

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
     * GPUs of one replica of the model, as far as the changes say, or else the draft.
     *
     * @throws ScenarioException if a change is no count
     */
    public long gpusPerReplica(Draft draft) {
        return MODEL_PARALLEL.stream()
                .mapToLong(path -> changed(path)
                        .map(Found::count)
                        .orElseGet(() -> draft.find(path).map(Long::parseLong).orElse(1L)))
                .reduce(1, Math::multiplyExact);
    }

    private Optional<Found> changed(String path) {
        return changes.stream()
                .filter(change -> change.path().toString().equals(path))
                .filter(change -> change.value() instanceof Node.Scalar)
                .map(change -> new Found(
                        path,
                        ((Node.Scalar) change.value()).text(),
                        change.value().position()))
                .reduce((first, last) -> last);
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
