package trainyard.scheduler.policy.share;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import trainyard.scheduler.speed.PairSpeeds;
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
 * @param pairs how fast two jobs are on the same GPUs; {@link PairSpeeds#NONE} where each has its GPUs for itself
 */
public record ShareRules(
        ShareKind kind,
        long roundNanos,
        List<String> types,
        List<Integer> fleet,
        PoolSpeeds speeds,
        Map<String, Double> weights,
        PairSpeeds pairs) {

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
        Objects.requireNonNull(pairs, "pairs");
        if (pairs != PairSpeeds.NONE && !kind.packs()) {
            throw new IllegalArgumentException("pairs of jobs have no shares by " + kind.word());
        }
        types = List.copyOf(types);
        fleet = List.copyOf(fleet);
        weights = Map.copyOf(weights);
        if (roundNanos < 1 || types.size() != fleet.size()) {
            throw new IllegalArgumentException(
                    "a round takes time, and each type has a number of GPUs, got " + roundNanos + " ns and " + fleet);
        }
    }

    /** Each job has its GPUs for itself. */
    public ShareRules(
            ShareKind kind,
            long roundNanos,
            List<String> types,
            List<Integer> fleet,
            PoolSpeeds speeds,
            Map<String, Double> weights) {
        this(kind, roundNanos, types, fleet, speeds, weights, PairSpeeds.NONE);
    }

    /** Whether two jobs may have the same GPUs. */
    boolean packs() {
        return pairs != PairSpeeds.NONE;
    }

    /** The same with two jobs on the same GPUs where they do more than by turns. */
    public ShareRules withPairs(PairSpeeds other) {
        return new ShareRules(kind, roundNanos, types, fleet, speeds, weights, other);
    }
}
