package trainyard.faults.analytic;

import org.apache.commons.numbers.gamma.GammaRatio;
import trainyard.sim.checks.Checks;

/**
 * Every process runs twice, without repair. How many failures it takes on average until both of a pair are dead (MNFTI,
 * Ferreira et al., SC 2011; Herault and Robert 2015, chapter on replication).
 */
public final class Replication {

    private Replication() {}

    /**
     * {@code 4^b / C(2b, b)} for b pairs, where failures strike live processes only; computed as {@code sqrt(pi) Gamma(b +
     * 1) / Gamma(b + 1/2)}.
     *
     * @param pairs b, at least 1
     */
    public static double meanFailuresOfTheLiving(int pairs) {
        Checks.atLeast("pairs", pairs, 1);
        return Math.sqrt(Math.PI) * GammaRatio.value(pairs + 1.0, pairs + 0.5);
    }

    /** One more: failures that strike dead processes count as well. */
    public static double meanFailuresOfAll(int pairs) {
        return 1 + meanFailuresOfTheLiving(pairs);
    }
}
