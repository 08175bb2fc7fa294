package trainyard.scheduler.policy.fairness;

import java.util.Arrays;
import java.util.Map;

/** Weights of teams by number. */
final class TeamWeights {

    private final Map<String, Double> byName;
    private double[] weights = {};

    TeamWeights(Map<String, Double> byName) {
        this.byName = Map.copyOf(byName);
        this.byName.forEach((team, weight) -> {
            if (!(weight > 0)) {
                throw new IllegalArgumentException("weight of team " + team + " is above 0, got " + weight);
            }
        });
    }

    void joined(int team, String name) {
        weights = Arrays.copyOf(weights, team + 1);
        weights[team] = byName.getOrDefault(name, 1.0);
    }

    double of(int team) {
        return weights[team];
    }
}
