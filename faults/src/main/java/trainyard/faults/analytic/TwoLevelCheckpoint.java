package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * Two tiers of checkpoints, each with the failures that it alone survives: those of level 1 roll back to the last
 * checkpoint of either level, those of level 2 to the last of level 2. First order, for waste well below 0.2 (Di et al.
 * 2014 and the two-level chapter of Herault and Robert, 2015).
 *
 * @param local the frequent level
 * @param remote the rare level
 */
public record TwoLevelCheckpoint(Level local, Level remote) {

    /**
     * One level.
     *
     * @param checkpointSeconds blocking time C, positive
     * @param restoreSeconds restore time R
     * @param mtbfSeconds mean time M between the failures of this level, positive
     */
    public record Level(double checkpointSeconds, double restoreSeconds, double mtbfSeconds) {

        public Level {
            Checks.positive("checkpointSeconds", checkpointSeconds);
            Checks.notNegative("restoreSeconds", restoreSeconds);
            Checks.positive("mtbfSeconds", mtbfSeconds);
        }

        /** {@code sqrt(2 C M)}. */
        public double bestPeriodSeconds() {
            return CheckpointInterval.youngSeconds(checkpointSeconds, mtbfSeconds);
        }

        /** {@code sqrt(2 C / M) + R / M}. */
        double leastWaste() {
            return Math.sqrt(2 * checkpointSeconds / mtbfSeconds) + restoreSeconds / mtbfSeconds;
        }
    }

    /** The sum of {@code sqrt(2 C / M) + R / M} over the levels: waste with both periods at their best. */
    public double leastWaste() {
        return local.leastWaste() + remote.leastWaste();
    }

    /** {@code sqrt(2 C2 f) + R2 f} with {@code f = 1/M1 + 1/M2}: the rare level alone bears all failures. */
    public double leastWasteOfRemoteAlone() {
        double failuresPerSecond = 1 / local.mtbfSeconds() + 1 / remote.mtbfSeconds();
        return new Level(remote.checkpointSeconds(), remote.restoreSeconds(), 1 / failuresPerSecond).leastWaste();
    }
}
