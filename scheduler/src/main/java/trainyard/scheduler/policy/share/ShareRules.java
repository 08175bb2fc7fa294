package trainyard.scheduler.policy.share;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.sim.engine.SimTime;

/**
 * What {@link ShareRounds} are played with.
 *
 * @param kind what shares are chosen for
 * @param roundNanos length of a round, at least 1
 * @param types of GPU, in the order of the pools; empty for one type of all GPUs
 * @param fleet GPUs of each type
 * @param speeds of jobs on each type, which the policy knows
 * @param weights of teams; 1 where nothing is said
 */
public record ShareRules(
        ShareKind kind,
        long roundNanos,
        List<String> types,
        List<Integer> fleet,
        PoolSpeeds speeds,
        Map<String, Double> weights) {

    /** Max-min fairness in rounds of six minutes (Narayanan et al., Gavel, OSDI 2020), on one type of GPU. */
    public static final ShareRules GAVEL = new ShareRules(
            ShareKind.MAX_MIN_FAIRNESS,
            360 * SimTime.NANOS_PER_SECOND,
            List.of(),
            List.of(),
            PoolSpeeds.EQUAL,
            Map.of());

    public ShareRules {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(speeds, "speeds");
        types = List.copyOf(types);
        fleet = List.copyOf(fleet);
        weights = Map.copyOf(weights);
        if (roundNanos < 1 || types.size() != fleet.size()) {
            throw new IllegalArgumentException(
                    "a round takes time, and each type has a number of GPUs, got " + roundNanos + " ns and " + fleet);
        }
    }
}
