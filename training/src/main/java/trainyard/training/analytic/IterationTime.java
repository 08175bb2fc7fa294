package trainyard.training.analytic;

import trainyard.sim.checks.Checks;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;

/**
 * Mean seconds between two updates of the parameters, by the families of S. Dutta et al., "Slow and Stale Gradients Can Win the
 * Race" (AISTATS 2018, arXiv 1803.01113); its lemmas were derived again here. Times are in the unit of the law of one gradient's
 * time. K lies from 1 to P for K-sync and K-async and is 1 or more for the batch variants, where a worker may give several.
 */
public final class IterationTime {

    private IterationTime() {}

    /** {@code E[X_(K:P)]}: wait for the first K of P workers, cancel the others. */
    public static double kSync(Distribution law, int k, int p) {
        return OrderStatistics.mean(law, k, p);
    }

    /**
     * {@code K / (P mu)}: the first K gradients of P workers that go on until then, the unfinished ones cancelled. Exact for
     * exponential times only, where a cancelled gradient loses nothing; for one worker and any law K times its mean.
     *
     * @throws IllegalArgumentException for another law of several workers, of which K-sync is an upper bound
     */
    public static double kBatchSync(Distribution law, int k, int p) {
        Checks.atLeast("K", k, 1);
        Checks.atLeast("P", p, 1);
        if (p > 1 && !(law instanceof Exponential)) {
            throw new IllegalArgumentException("K-batch-sync has a closed form for exponential times only");
        }
        return k * law.mean() / p;
    }

    /**
     * {@code (H_P - H_(P-K)) / mu}: wait for the first K of P workers while the others go on with old parameters. Exact for
     * exponential times, which have no memory, and for K = 1, which is fully asynchronous.
     *
     * @throws IllegalArgumentException for another law and K above 1, of which K-sync is an upper bound where work under way is
     *     done sooner than new work
     */
    public static double kAsync(Distribution law, int k, int p) {
        Checks.between("K", k, 1, p);
        if (k == 1) {
            return kBatchAsync(law, 1, p);
        }
        if (!(law instanceof Exponential)) {
            throw new IllegalArgumentException("K-async has a closed form for exponential times only");
        }
        return OrderStatistics.mean(law, k, p);
    }

    /** {@code K E[X] / P}: an update from every K gradients, nobody waits. Exact for any law, by elementary renewal theory. */
    public static double kBatchAsync(Distribution law, int k, int p) {
        Checks.atLeast("K", k, 1);
        Checks.atLeast("P", p, 1);
        return k * law.mean() / p;
    }

    /** {@code E[X_(P:P)] / (E[X] / P)}: how much longer a synchronous update takes than one of fully asynchronous workers. */
    public static double syncOverAsync(Distribution law, int p) {
        return kSync(law, p, p) / kBatchAsync(law, 1, p);
    }

    /**
     * {@code (s + 1) E[X_(P-s:P)]}: each worker computes s + 1 shares, so that any P - s of them have all, and time grows with
     * the work. Source: R. Tandon et al., "Gradient Coding" (ICML 2017).
     *
     * @param tolerated s, from 0 to P - 1
     */
    public static double gradientCoding(Distribution law, int tolerated, int p) {
        Checks.between("tolerated stragglers", tolerated, 0, p - 1L);
        return (tolerated + 1) * OrderStatistics.mean(law, p - tolerated, p);
    }
}
