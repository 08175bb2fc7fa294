package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * A check of the state before each checkpoint, so that none holds a silent error. A silent error is found at the end of
 * its period and costs all of it, a crash half of it on average. First order, for waste well below 0.2 (Benoit,
 * Cavelan, Robert and Sun 2015; Herault and Robert 2015).
 *
 * @param verificationSeconds V
 * @param checkpointSeconds C; V + C is positive
 * @param restoreSeconds R
 * @param silentMtbfSeconds mean time between silent errors, positive
 * @param crashMtbfSeconds mean time between crashes, positive
 */
public record VerifiedCheckpoint(
        double verificationSeconds,
        double checkpointSeconds,
        double restoreSeconds,
        double silentMtbfSeconds,
        double crashMtbfSeconds) {

    public VerifiedCheckpoint {
        Checks.notNegative("verificationSeconds", verificationSeconds);
        Checks.notNegative("checkpointSeconds", checkpointSeconds);
        Checks.positive("verificationSeconds + checkpointSeconds", verificationSeconds + checkpointSeconds);
        Checks.notNegative("restoreSeconds", restoreSeconds);
        Checks.positive("silentMtbfSeconds", silentMtbfSeconds);
        Checks.positive("crashMtbfSeconds", crashMtbfSeconds);
    }

    /** {@code sqrt((V + C) / (1/Ms + 1/(2 Mf)))}: useful seconds between two checkpoints that cost the least. */
    public double bestIntervalSeconds() {
        return Math.sqrt((verificationSeconds + checkpointSeconds) / lossPerWorkSquared());
    }

    /** {@code 2 sqrt((V + C) (1/Ms + 1/(2 Mf))) + R (1/Ms + 1/Mf)}: waste at that interval. */
    public double leastWaste() {
        return 2 * Math.sqrt((verificationSeconds + checkpointSeconds) * lossPerWorkSquared())
                + restoreSeconds * (1 / silentMtbfSeconds + 1 / crashMtbfSeconds);
    }

    private double lossPerWorkSquared() {
        return 1 / silentMtbfSeconds + 1 / (2 * crashMtbfSeconds);
    }
}
