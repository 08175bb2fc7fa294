package trainyard.scheduler.policy.fairness;

import java.util.Arrays;
import java.util.Map;
import trainyard.scheduler.policy.Desk;

/** Max-min fairness of GPUs: the share of a team is the GPUs that it holds now over its weight. */
public final class HeldGpus implements ShareMeter {

    private final TeamWeights weights;
    private long[] held = {};

    /**
     * @param weights of teams by name, each above 0; 1 for others
     */
    public HeldGpus(Map<String, Double> weights) {
        this.weights = new TeamWeights(weights);
    }

    @Override
    public String name() {
        return "max-min";
    }

    @Override
    public double share(Desk desk, int team) {
        return held[team] / weights.of(team);
    }

    @Override
    public void joined(Desk desk, int team, String name) {
        weights.joined(team, name);
        held = Arrays.copyOf(held, team + 1);
    }

    @Override
    public void started(Desk desk, int team, int job) {
        held[team] += desk.gpus(job);
    }

    @Override
    public void ended(Desk desk, int team, int job) {
        held[team] -= desk.gpus(job);
    }
}
