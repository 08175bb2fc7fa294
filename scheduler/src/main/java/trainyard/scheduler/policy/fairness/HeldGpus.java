package trainyard.scheduler.policy.fairness;

import java.util.Arrays;
import java.util.Map;
import trainyard.scheduler.policy.SchedulingContext;

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
    public double share(SchedulingContext context, int team) {
        return held[team] / weights.of(team);
    }

    @Override
    public void joined(SchedulingContext context, int team, String name) {
        weights.joined(team, name);
        held = Arrays.copyOf(held, team + 1);
    }

    @Override
    public void started(SchedulingContext context, int team, int job) {
        held[team] += context.gpus(job);
    }

    @Override
    public void ended(SchedulingContext context, int team, int job) {
        held[team] -= context.gpus(job);
    }
}
