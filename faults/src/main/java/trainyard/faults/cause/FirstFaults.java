package trainyard.faults.cause;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.random.Distribution;

/** The first faults of equal new components, drawn in their order. */
final class FirstFaults {

    private final Distribution law;
    private final UniformRandomProvider random;
    /** Component at a place of the shuffled order, where it is not the place's own number. */
    private final Map<Integer, Integer> moved = new HashMap<>();

    private int left;
    /** Logarithm of the share of components that have not failed by the next fault; a logarithm keeps small shares apart. */
    private double logSurvival;

    private double nextSeconds;

    FirstFaults(Distribution law, int components, UniformRandomProvider random) {
        this.law = law;
        this.random = random;
        this.left = components;
        draw();
    }

    private void draw() {
        if (left == 0) {
            nextSeconds = Double.POSITIVE_INFINITY;
            return;
        }
        logSurvival += StrictMath.log(1 - random.nextDouble()) / left;
        nextSeconds = law.inverseSurvivalProbability(StrictMath.exp(logSurvival));
    }

    double nextSeconds() {
        return nextSeconds;
    }

    /** The component that fails next. */
    int take() {
        int place = random.nextInt(left);
        left--;
        int component = moved.getOrDefault(place, place);
        moved.put(place, moved.getOrDefault(left, left));
        moved.remove(left);
        draw();
        return component;
    }
}
