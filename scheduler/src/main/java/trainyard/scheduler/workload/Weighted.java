package trainyard.scheduler.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * One of several values, each as often as its weight says.
 *
 * @param weights weight of each value, 0 or more, their sum above 0
 */
public record Weighted<T>(Map<T, Double> weights) {

    public Weighted {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!(sum > 0) || weights.values().stream().anyMatch(weight -> !(weight >= 0))) {
            throw new IllegalArgumentException("weights must be 0 or more and not all 0, got " + weights.values());
        }
    }

    /** Always the same value. */
    public static <T> Weighted<T> only(T value) {
        return new Weighted<>(Map.of(value, 1.0));
    }

    T draw(UniformRandomProvider random) {
        double left = random.nextDouble()
                * weights.values().stream().mapToDouble(Double::doubleValue).sum();
        T last = null;
        for (Map.Entry<T, Double> entry : weights.entrySet()) {
            last = entry.getKey();
            left -= entry.getValue();
            if (left < 0) {
                return last;
            }
        }
        return last;
    }
}
