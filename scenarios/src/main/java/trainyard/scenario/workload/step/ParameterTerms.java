package trainyard.scenario.workload.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Split;
import trainyard.scenario.workload.Derivation;
import trainyard.scenario.workload.Derivation.Part;
import trainyard.scenario.workload.metric.Wording;

/** The parameters of a model by the kind of its layers, in billions. */
final class ParameterTerms {

    private static final double BILLION = 1e9;

    private ParameterTerms() {}

    static Derivation.Sum of(Model model) {
        Map<String, ParameterCount> sums = new LinkedHashMap<>();
        Map<String, Integer> layers = new HashMap<>();
        Map<String, Integer> mixtures = new HashMap<>();
        for (Layer layer : model.layers()) {
            ParameterCount own = layer.parametersPerRank(Split.NONE);
            sums.merge(layer.kind(), own, ParameterCount::plus);
            layers.merge(layer.kind(), 1, Integer::sum);
            mixtures.merge(layer.kind(), own.expert() > 0 ? 1 : 0, Integer::sum);
        }
        List<Part> parts = new ArrayList<>();
        sums.forEach((kind, sum) -> {
            parts.add(new Part(kind, sum.dense() / BILLION, Wording.counted(layers.get(kind), "layer")));
            if (sum.expert() > 0) {
                String counted = Wording.counted(mixtures.get(kind), "layer");
                parts.add(new Part(kind + ", routed experts", sum.expert() / BILLION, counted));
            }
        });
        if (model.tiedParameters() > 0) {
            parts.add(new Part(
                    "counted twice",
                    -model.tiedParameters() / BILLION,
                    "weights that the first and the last layer share"));
        }
        return new Derivation.Sum("", "Parameters", "billions", parts);
    }
}
