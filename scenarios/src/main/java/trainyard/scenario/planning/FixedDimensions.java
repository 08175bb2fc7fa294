package trainyard.scenario.planning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import trainyard.parallel.search.UnplannedJob;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.SearchSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;

/** What a search keeps fixed, where no plan of it can run. */
final class FixedDimensions {

    private static final List<Field<?>> ALL = List.of(
            SearchSection.TENSOR,
            SearchSection.PIPELINE,
            SearchSection.CONTEXT,
            SearchSection.DATA,
            SearchSection.EXPERT,
            SearchSection.GPUS,
            SearchSection.VIRTUAL_STAGES,
            SearchSection.MICRO,
            SearchSection.ZERO,
            SearchSection.RECOMPUTE,
            SearchSection.SEQUENCE_PARALLEL,
            SearchSection.SCHEDULE);

    private final Values search;
    private final UnplannedJob job;
    private final List<Integer> gpus;

    private FixedDimensions(Values search, UnplannedJob job) {
        this.search = search;
        this.job = job;
        int all = job.cluster().gpus();
        gpus = search.find(SearchSection.GPUS).orElse(List.of((long) all)).stream()
                .map(Math::toIntExact)
                .filter(count -> count <= all)
                .toList();
    }

    /** Where the first dimension that is fixed stands; empty where none is. */
    static Optional<Position> first(Values search) {
        return ALL.stream()
                .filter(search::isWritten)
                .map(field -> search.position(field, 0))
                .findFirst();
    }

    /** The first dimension of which every value contradicts the model or the machines, whatever the others are. */
    static Optional<Problem> contradiction(Values search, UnplannedJob job) {
        FixedDimensions fixed = new FixedDimensions(search, job);
        if (fixed.gpus.isEmpty()) {
            return Optional.of(Problem.at(
                    search.position(SearchSection.GPUS, 0),
                    Problem.Kind.PLAN,
                    "no plan can run on more than the " + job.cluster().gpus() + " GPUs of the cluster",
                    "leave gpus out, or add nodes"));
        }
        Map<String, IntPredicate> ofGpus = Map.of(fixed.gpuWords(), fixed::dividesGpus);
        Map<String, IntPredicate> ofHeads = new LinkedHashMap<>();
        int heads = job.model().heads();
        ofHeads.put("the " + heads + " heads", degree -> heads % degree == 0);
        // Adapters have a rank that is divided, too.
        ofHeads.put(
                "the rank of the adapters",
                degree -> heads % degree != 0 || job.model().dividesInto(degree));
        ofHeads.putAll(ofGpus);
        int experts = job.model().experts();
        String ofExperts = experts == 1 ? "the one expert of a dense model" : "the " + experts + " experts";
        return fixed.refused(SearchSection.TENSOR, ofHeads)
                .or(() -> fixed.refused(SearchSection.PIPELINE, ofGpus))
                .or(() -> fixed.refused(SearchSection.CONTEXT, ofGpus))
                .or(() -> fixed.refused(SearchSection.DATA, ofGpus))
                .or(() -> fixed.refused(SearchSection.EXPERT, Map.of(ofExperts, degree -> experts % degree == 0)));
    }

    private String gpuWords() {
        return gpus.size() == 1 ? "the " + gpus.get(0) + " GPUs" : "any of the numbers of GPUs";
    }

    private boolean dividesGpus(int degree) {
        return gpus.stream().anyMatch(count -> count % degree == 0);
    }

    private Optional<Problem> refused(Field<List<Long>> field, Map<String, IntPredicate> rules) {
        List<Integer> degrees = search.find(field).orElse(List.of()).stream()
                .map(Math::toIntExact)
                .toList();
        IntPredicate allowed = degree -> rules.values().stream().allMatch(rule -> rule.test(degree));
        if (degrees.isEmpty() || degrees.stream().anyMatch(allowed::test)) {
            return Optional.empty();
        }
        int degree = degrees.get(0);
        List<String> broken = rules.entrySet().stream()
                .filter(rule -> !rule.getValue().test(degree))
                .map(Map.Entry::getKey)
                .toList();
        String divides = broken.size() == 1
                ? " does not divide " + broken.get(0)
                : " divides neither " + String.join(" nor ", broken);
        return Optional.of(Problem.at(
                search.position(field, 0),
                Problem.Kind.PLAN,
                "none of the plans can run: " + field.key() + " " + degree + divides,
                "nearest: " + field.key() + " " + String.join(" or ", nearest(degree, allowed))));
    }

    /** The next smaller degree that is allowed, and the next larger one where there is one; 1 always is. */
    private List<String> nearest(int degree, IntPredicate allowed) {
        List<String> nearest = new ArrayList<>();
        IntStream.iterate(degree - 1, smaller -> smaller > 0, smaller -> smaller - 1)
                .filter(allowed)
                .limit(1)
                .forEach(smaller -> nearest.add(Integer.toString(smaller)));
        IntStream.rangeClosed(degree + 1, job.cluster().gpus())
                .filter(allowed)
                .limit(1)
                .forEach(larger -> nearest.add(Integer.toString(larger)));
        return nearest;
    }
}
