package trainyard.scheduler.policy.fairness;

import java.util.Arrays;
import java.util.Map;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.sim.engine.SimTime;

/**
 * Fair share over time: the share of a team is the GPU time that it has used over its weight, in which use that is one half-life old
 * counts half. With {@code g} GPUs held and {@code k = ln 2 / half-life}, use {@code u} follows {@code du/dt = g - k u}.
 */
public final class DecayedUsage implements ShareMeter {

    private final TeamWeights weights;
    private final double decayPerSecond;
    private long[] held = {};
    private double[] usedGpuSeconds = {};
    private long[] updatedNanos = {};

    /**
     * @param weights of teams by name, each above 0; 1 for others
     * @param halfLifeSeconds above 0
     */
    public DecayedUsage(Map<String, Double> weights, double halfLifeSeconds) {
        if (!(halfLifeSeconds > 0)) {
            throw new IllegalArgumentException("a half-life is above 0 s, got " + halfLifeSeconds);
        }
        this.weights = new TeamWeights(weights);
        this.decayPerSecond = Math.log(2) / halfLifeSeconds;
    }

    @Override
    public String name() {
        return "fair-share";
    }

    @Override
    public double share(SchedulingContext context, int team) {
        update(context, team);
        return usedGpuSeconds[team] / weights.of(team);
    }

    private void update(SchedulingContext context, int team) {
        if (updatedNanos[team] == context.nowNanos()) {
            return;
        }
        double seconds = (context.nowNanos() - updatedNanos[team]) / (double) SimTime.NANOS_PER_SECOND;
        double lost = -Math.expm1(-decayPerSecond * seconds);
        usedGpuSeconds[team] += lost * (held[team] / decayPerSecond - usedGpuSeconds[team]);
        updatedNanos[team] = context.nowNanos();
    }

    @Override
    public void joined(SchedulingContext context, int team, String name) {
        weights.joined(team, name);
        held = Arrays.copyOf(held, team + 1);
        usedGpuSeconds = Arrays.copyOf(usedGpuSeconds, team + 1);
        updatedNanos = Arrays.copyOf(updatedNanos, team + 1);
        updatedNanos[team] = context.nowNanos();
    }

    @Override
    public void started(SchedulingContext context, int team, int job) {
        update(context, team);
        held[team] += context.gpus(job);
    }

    @Override
    public void ended(SchedulingContext context, int team, int job) {
        update(context, team);
        held[team] -= context.gpus(job);
    }
}
