package trainyard.faults.analytic;

import org.apache.commons.numbers.gamma.Gamma;
import trainyard.sim.checks.Checks;

/**
 * Every data shard is computed by r of N groups in turn; a step is complete as soon as each shard has one live owner
 * (SPARe, ICML 2026).
 */
public final class ShardRedundancy {

    private static final double BEST_OFFSET = 0.833;

    private ShardRedundancy() {}

    /**
     * {@code mu = Gamma(1/r) N^(1 - 1/r) / r}: failures of groups that are masked on average before a shard loses all of
     * its owners. Needs a layout in which two groups share at most one shard; consecutive windows mask 7 to 12 % more.
     *
     * @param groups N, at least 1
     * @param redundancy r, 1 to N
     */
    public static double meanMaskedFailures(int groups, int redundancy) {
        Checks.atLeast("groups", groups, 1);
        Checks.between("redundancy", redundancy, 1, groups);
        double inverse = 1.0 / redundancy;
        return Gamma.value(inverse) * Math.pow(groups, 1 - inverse) * inverse;
    }

    /** {@code floor(log2 N + 0.833)}: the redundancy that the paper finds best. */
    public static int bestRedundancy(int groups) {
        Checks.atLeast("groups", groups, 1);
        return (int) Math.floor(Math.log(groups) / Math.log(2) + BEST_OFFSET);
    }

    /**
     * {@code ceil(N / (N - k))}: stacks that each live group computes per step after k groups failed.
     *
     * @param failed k, 0 to N - 1
     */
    public static int stacks(int groups, int failed) {
        Checks.atLeast("groups", groups, 1);
        Checks.between("failed", failed, 0, groups - 1);
        int live = groups - failed;
        return (groups + live - 1) / live;
    }
}
