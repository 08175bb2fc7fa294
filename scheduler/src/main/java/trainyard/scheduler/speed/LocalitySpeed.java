package trainyard.scheduler.speed;

import java.util.EnumMap;
import java.util.Map;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;

/**
 * A job is as fast as the narrowest domain allows that holds all of it: whole on one node, slower over an island, a rack, a
 * pool.
 *
 * @param layout where nodes lie
 * @param rates speed of a job that a domain of each level holds, above 0; a level left out is as fast as the one below it, a
 *     node has 1
 */
public record LocalitySpeed(ClusterLayout layout, Map<DomainLevel, Double> rates) implements SpeedModel {

    public LocalitySpeed {
        EnumMap<DomainLevel, Double> filled = new EnumMap<>(DomainLevel.class);
        double below = 1;
        for (DomainLevel level : DomainLevel.values()) {
            below = rates.getOrDefault(level, below);
            if (!(below > 0)) {
                throw new IllegalArgumentException(
                        "the speed over a " + level.word() + " must be above 0, got " + below);
            }
            filled.put(level, below);
        }
        rates = Map.copyOf(filled);
    }

    @Override
    public double rate(ClusterJob job, int gpus, NodeShares shares) {
        return rates.get(layout.spread(shares));
    }
}
