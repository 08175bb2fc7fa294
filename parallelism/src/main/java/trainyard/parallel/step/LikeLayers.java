package trainyard.parallel.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;

/**
 * Layers of a model that are alike, which are priced once.
 *
 * @param layer one of them
 * @param count how many there are
 */
record LikeLayers(Layer layer, long count) {

    /** All layers of a model, in the order in which each first comes. */
    static List<LikeLayers> of(Model model) {
        Map<Layer, Long> counts = model.layers().stream()
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(layer -> new LikeLayers(layer.getKey(), layer.getValue()))
                .toList();
    }
}
