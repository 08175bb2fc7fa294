package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/** How long to wait before an operation counts as hung. */
public final class TimeoutChoice {

    private TimeoutChoice() {}

    /**
     * {@code ln(a Cr / (h lambda)) / a}: the timeout theta of least cost {@code lambda theta + Cr e^(-a theta) / h}, hangs
     * waited for against operations that were merely slow and are restarted. 0 where waiting never pays.
     *
     * @param hangsPerSecond lambda, positive
     * @param restartSeconds cost Cr of a restart without cause, positive
     * @param tailPerSecond rate a at which long operations become rarer (exponential tail), positive
     * @param operationSeconds time h between operations, positive
     */
    public static double bestSeconds(
            double hangsPerSecond, double restartSeconds, double tailPerSecond, double operationSeconds) {
        Checks.positive("hangsPerSecond", hangsPerSecond);
        Checks.positive("restartSeconds", restartSeconds);
        Checks.positive("tailPerSecond", tailPerSecond);
        Checks.positive("operationSeconds", operationSeconds);
        double gain = tailPerSecond * restartSeconds / (operationSeconds * hangsPerSecond);
        return Math.max(0, Math.log(gain) / tailPerSecond);
    }
}
