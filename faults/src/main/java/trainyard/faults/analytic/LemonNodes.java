package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * A fleet in which a few nodes fail m times as often as the others.
 *
 * @param nodes nodes N of the job, at least 1
 * @param failuresPerNodeDay rate r of a good node, not negative
 * @param lemonShare share f of lemons in the fleet
 * @param multiplier m, not negative
 */
public record LemonNodes(int nodes, double failuresPerNodeDay, double lemonShare, double multiplier) {

    public LemonNodes {
        Checks.atLeast("nodes", nodes, 1);
        Checks.notNegative("failuresPerNodeDay", failuresPerNodeDay);
        Checks.probability("lemonShare", lemonShare);
        Checks.notNegative("multiplier", multiplier);
    }

    /** {@code 1 - exp(-N r (1 - f + f m))}: chance of a failure within a day when each job has its share of lemons. */
    public double failureWithinDayEvenShare() {
        return -Math.expm1(-nodes * failuresPerNodeDay * (1 - lemonShare + lemonShare * multiplier));
    }

    /** {@code 1 - ((1 - f) e^(-r) + f e^(-m r))^N}: the same when each node is a lemon with chance f. */
    public double failureWithinDay() {
        double lostByGood = -Math.expm1(-failuresPerNodeDay);
        double lostByLemon = -Math.expm1(-multiplier * failuresPerNodeDay);
        double lost = (1 - lemonShare) * lostByGood + lemonShare * lostByLemon;
        return -Math.expm1(nodes * Math.log1p(-lost));
    }
}
