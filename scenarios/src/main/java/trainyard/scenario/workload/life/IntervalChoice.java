package trainyard.scenario.workload.life;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.checkpoint.CheckpointSection;
import trainyard.scenario.section.checkpoint.SaveFields;
import trainyard.scenario.section.checkpoint.TierSection.Mode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * The intervals between snapshots: those stated, or those that a rule chooses.
 *
 * @param section {@code life.checkpoint}
 * @param tiers its tiers, at least one
 * @param nodesGivenBack whether the job gives its nodes back after each fault, and with them what lies on them
 * @param checkSeconds what checking costs, for each snapshot of the first tier
 */
record IntervalChoice(
        Values section,
        List<CheckpointTier> tiers,
        LifeCluster cluster,
        boolean nodesGivenBack,
        double stepSeconds,
        double horizonSeconds,
        double checkSeconds) {

    /** A snapshot that stalls nothing has no best interval, so it is taken to stall this long. */
    private static final double SHORTEST_STALL_SECONDS = 1e-3;

    /** Whether the interval of the first tier is chosen by a rule. */
    boolean isOpen() {
        return section.find(CheckpointSection.INTERVAL_STEPS).isEmpty()
                && tiers.get(0).values().get(SaveFields.INTERVAL).isEmpty();
    }

    /** Steps between two snapshots of the first tier, if they shall lie so far apart. */
    long steps(double seconds) {
        Optional<Long> stated = section.find(CheckpointSection.INTERVAL_STEPS);
        if (stated.isPresent() && section.get(SaveFields.INTERVAL).isPresent()) {
            throw new ScenarioException(Problem.at(
                    section.position(CheckpointSection.INTERVAL_STEPS),
                    Problem.Kind.PLAN,
                    "the interval is stated in steps and as a time",
                    "leave one of them out"));
        }
        long interval = stated.orElseGet(() -> Math.max(1, Math.round(seconds / stepSeconds)));
        // No snapshot is taken within the horizon either way.
        return Math.min(interval, (long) (horizonSeconds / stepSeconds) + 1);
    }

    /** Seconds between two snapshots of a tier, before they are made whole steps. */
    double seconds(int tier) {
        return tiers.get(tier).values().get(SaveFields.INTERVAL).orElseGet(() -> openSeconds(tier));
    }

    /** Since a snapshot of a tier goes to those before it, too, they are due at least as often; what is uploaded is not. */
    double openSeconds(int tier) {
        double shortest = Math.max(bestSeconds(tier), withoutWaiting(tiers.get(tier)));
        for (int i = tier + 1; i < tiers.size(); i++) {
            if (tiers.get(i).mode() != Mode.UPLOAD) {
                shortest = Math.min(shortest, seconds(i));
            }
        }
        return shortest;
    }

    /** The shortest interval at which no snapshot waits for a save that is under way; below it more snapshots only wait more. */
    double withoutWaiting(CheckpointTier tier) {
        return Math.ceil(tier.writingTurnSeconds() / stepSeconds) * stepSeconds;
    }

    /** For the faults that no tier before it survives; Young's form where there are several tiers. */
    double bestSeconds(int tier) {
        double stall = Math.max(snapshotSeconds(tier), SHORTEST_STALL_SECONDS);
        double mtbf = countedMtbfSeconds(tier);
        if (tiers.size() > 1) {
            return CheckpointInterval.youngSeconds(stall, mtbf);
        }
        return switch (section.get(CheckpointSection.RULE)) {
            case YOUNG -> CheckpointInterval.youngSeconds(stall, mtbf);
            case DALY ->
                CheckpointInterval.dalyFirstOrderSeconds(
                        stall, mtbf, tiers.get(0).restoreSeconds());
            case OPTIMUM, ADAPTIVE -> CheckpointInterval.exactSeconds(stall, mtbf);
        };
    }

    /** Mean time between the faults that this tier survives and none before it, at most twice the horizon. */
    double countedMtbfSeconds(int tier) {
        return Math.min(mtbfSeconds(tier), 2 * horizonSeconds);
    }

    /** What a snapshot costs the job, checks and slower steps included. */
    double snapshotSeconds(int tier) {
        CheckpointTier of = tiers.get(tier);
        return of.stallSeconds() + of.slowdown() * of.persistSeconds() + (tier == 0 ? checkSeconds : 0);
    }

    /** Mean time between faults that this tier survives and none before it. */
    private double mtbfSeconds(int tier) {
        if (tiers.size() == 1) {
            return 1 / cluster.faults().stopsPerSecond(cluster.ofJob());
        }
        double rate = 0;
        for (FaultCause cause : cluster.faults().causes()) {
            if (cause.stopsJob() && survivor(cause) == tier) {
                rate += cluster.faults().ratePerSecond(cause, cluster.ofJob());
            }
        }
        return 1 / (rate + recordedRate(tier));
    }

    /** Recorded outages take a node each, so one tier survives all of them. */
    private double recordedRate(int tier) {
        return cluster.faults()
                .replay()
                .filter(recorded -> survivor(recorded.causes().get(0)) == tier)
                .map(recorded -> recorded.stopsPerSecond(cluster.ofJob()))
                .orElse(0.0);
    }

    private int survivor(FaultCause cause) {
        for (int i = 0; i < tiers.size(); i++) {
            CheckpointLevel level = tiers.get(i).level(1);
            boolean onNodes = level.keeping().placement().isOnNodes();
            boolean left = level.outlasts(cause.damage())
                    || onNodes && level.keeping().placement().survives(places(cause));
            if (left && !(onNodes && nodesGivenBack)) {
                return i;
            }
        }
        return tiers.size() - 1;
    }

    private BitSet places(FaultCause cause) {
        ClusterShape shape = cluster.ofJob();
        BitSet places = new BitSet();
        places.set(cause.scope().firstNode(0, shape), cause.scope().endNode(0, shape));
        return places;
    }

    /** What a snapshot costs in the forms of the best interval. */
    double stallSeconds() {
        return Math.max(snapshotSeconds(0), SHORTEST_STALL_SECONDS);
    }

    /** Mean time between faults of the job; infinite where there are none. */
    double mtbfSeconds() {
        return 1 / cluster.faults().stopsPerSecond(cluster.ofJob());
    }

    /** The interval that the scenario states. */
    double statedSeconds() {
        return tiers.get(0)
                .values()
                .get(SaveFields.INTERVAL)
                .orElseGet(() -> section.find(CheckpointSection.INTERVAL_STEPS)
                        .map(steps -> steps * stepSeconds)
                        .orElse(0.0));
    }

    /** The rule that chooses the interval, as a scenario writes it. */
    String rule() {
        return tiers.size() > 1
                ? "young"
                : section.text(CheckpointSection.RULE.key()).orElse("");
    }

    /** Its formula in terms of what a snapshot costs (C), the mean time between faults (M) and the time to load (R). */
    String ruleFormula() {
        return switch (rule()) {
            case "young" -> "sqrt(2 C M)";
            case "daly" -> "sqrt(2 C (M + R)) - C";
            case "adaptive" -> "M (1 + W0(-e^(-C/M - 1))) at first, then by the faults seen";
            default -> "M (1 + W0(-e^(-C/M - 1)))";
        };
    }
}
