package trainyard.training.analytic;

import trainyard.sim.checks.Checks;

/**
 * Parameter servers whose links bound them: all times at full rate, both directions at once, nothing overlapped with computation.
 * Definitions; a lower bound of time, as no message waits for latency or an update.
 *
 * @param workers P, at least 1
 * @param shards servers S that hold a part of the parameters each, at least 1
 * @param modelBytes M of one gradient, and of all parameters, positive
 * @param bytesPerSecond B of every link, positive
 * @param computeSeconds t_c of one gradient, 0 or more
 */
public record ParameterServerTime(
        int workers, int shards, double modelBytes, double bytesPerSecond, double computeSeconds) {

    public ParameterServerTime {
        Checks.atLeast("workers", workers, 1);
        Checks.atLeast("shards", shards, 1);
        Checks.positive("modelBytes", modelBytes);
        Checks.positive("bytesPerSecond", bytesPerSecond);
        Checks.notNegative("computeSeconds", computeSeconds);
    }

    /** {@code P M / (S B)}: all gradients into the servers. */
    public double pushSeconds() {
        return workers * modelBytes / (shards * bytesPerSecond);
    }

    /** {@code t_c + 2 P M / (S B)}: gradient, push and pull of one synchronous step. */
    public double syncSeconds() {
        return computeSeconds + 2 * pushSeconds();
    }

    /** {@code t_c + 2 (P - 1) / P M / B}: a step with a ring all-reduce over the same links in place of servers. */
    public double ringSeconds() {
        return computeSeconds + 2 * (workers - 1.0) / workers * modelBytes / bytesPerSecond;
    }

    private double loopSeconds() {
        return computeSeconds + 2 * modelBytes / bytesPerSecond;
    }

    /** {@code S B / M}: updates per second that the servers can take in. */
    private double serverRate() {
        return shards * bytesPerSecond / modelBytes;
    }

    /** {@code min(P / (t_c + 2 M / B), S B / M)}: most updates per second of asynchronous workers. */
    public double asyncRate() {
        return Math.min(workers / loopSeconds(), serverRate());
    }

    /** {@code (S B / M)(t_c + 2 M / B)}: workers from which on more of them make no more updates. */
    public double saturatingWorkers() {
        return serverRate() * loopSeconds();
    }
}
