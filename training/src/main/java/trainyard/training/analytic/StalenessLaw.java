package trainyard.training.analytic;

import java.util.List;
import trainyard.sim.checks.Checks;

/**
 * How stale a gradient is when it is applied, of workers with exponential times: the next push is from any of them, whoever
 * pushed before. Counted in updates by others between a read and its push, or for the K families in versions of the parameters.
 * Source: memoryless competition, derived here; the same model is that of I. Mitliagkas et al., "Asynchrony begets Momentum" (arXiv
 * 1605.09774) and S. Dutta et al. (arXiv 1803.01113).
 *
 * <p>The mean over all pushes is P - 1 for times of any law and any speeds: every push makes all other gradients under way, P - 1
 * of them, staler by one, and in the long run what is added is taken.
 */
public final class StalenessLaw {

    private StalenessLaw() {}

    /** {@code P - 1}, for any laws and speeds. */
    public static double mean(int p) {
        Checks.atLeast("P", p, 1);
        return p - 1;
    }

    /** {@code P (P - 1)}, of equal exponential workers. */
    public static double variance(int p) {
        Checks.atLeast("P", p, 1);
        return (double) p * (p - 1);
    }

    /** {@code (1/P) (1 - 1/P)^k}: chance of staleness k of equal exponential workers. */
    public static double mass(int p, int k) {
        return geometric(1.0 / atLeastOne(p), k);
    }

    /** {@code 1 - (1 - 1/P)^(k+1)}: chance of staleness k or less. */
    public static double atMost(int p, int k) {
        Checks.atLeast("staleness", k, 0);
        return -Math.expm1((k + 1.0) * Math.log1p(-1.0 / atLeastOne(p)));
    }

    /** {@code P - 1}: staleness of every push, once all have pushed, of workers that all take the same time. */
    public static double deterministic(int p) {
        return mean(p);
    }

    /**
     * {@code (M - mu_i) / mu_i} with M the sum of all rates: mean of one of unequal exponential workers.
     *
     * @param rates of all workers, positive
     * @param worker i, from 0
     */
    public static double meanOfWorker(List<Double> rates, int worker) {
        double share = share(rates, worker);
        return (1 - share) / share;
    }

    /** {@code (1 - q) / q^2}: variance of one of unequal exponential workers. */
    public static double varianceOfWorker(List<Double> rates, int worker) {
        double share = share(rates, worker);
        return (1 - share) / (share * share);
    }

    /** {@code P/K - 1} versions of K-async with exponential times. */
    public static double kAsyncMean(int k, int p) {
        Checks.between("K", k, 1, p);
        return (double) p / k - 1;
    }

    /** {@code (K/P) (1 - K/P)^j}: chance of staleness j versions of K-async with exponential times. */
    public static double kAsyncMass(int k, int p, int versions) {
        Checks.between("K", k, 1, p);
        return geometric((double) k / p, versions);
    }

    /** {@code (1 - q) / q^2} with {@code q = K/P}: variance of K-async with exponential times. */
    public static double kAsyncVariance(int k, int p) {
        Checks.between("K", k, 1, p);
        double share = (double) k / p;
        return (1 - share) / (share * share);
    }

    /** {@code (P - 1) / K} versions of K-batch-async, for times of any law. */
    public static double kBatchAsyncMean(int k, int p) {
        Checks.atLeast("K", k, 1);
        return mean(p) / k;
    }

    /**
     * Chance of staleness j versions of K-batch-async with exponential times. A gradient that g pushes overtake, geometric, is read
     * at any place within a batch of K, so that {@code P(j) = sum over g of (1/P)(1 - 1/P)^g max(0, 1 - |g - jK| / K)}.
     */
    public static double kBatchAsyncMass(int k, int p, int versions) {
        Checks.atLeast("K", k, 1);
        Checks.atLeast("versions", versions, 0);
        long centre = (long) versions * k;
        double sum = 0;
        for (long pushes = Math.max(0, centre - k + 1); pushes < centre + k; pushes++) {
            sum += geometric(1.0 / atLeastOne(p), pushes) * (k - Math.abs(pushes - centre)) / k;
        }
        return sum;
    }

    private static double share(List<Double> rates, int worker) {
        Checks.between("worker", worker, 0, rates.size() - 1L);
        rates.forEach(rate -> Checks.positive("rate", rate));
        return rates.get(worker)
                / rates.stream().mapToDouble(Double::doubleValue).sum();
    }

    private static double geometric(double success, long k) {
        Checks.atLeast("staleness", k, 0);
        return success * Math.pow(1 - success, k);
    }

    private static int atLeastOne(int p) {
        Checks.atLeast("P", p, 1);
        return p;
    }
}
