package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/** The principal branch of Lambert's W, where the optimum of a checkpoint interval needs it: close to its branch point. */
final class LambertW {

    private static final int STEPS = 100;

    private LambertW() {}

    /**
     * {@code y = 1 + W0(-e^(-1 - c))} for {@code c >= 0}; from 0 at {@code c = 0} to 1.
     *
     * <p>W0 close to -1/e loses half of the digits if it is evaluated as such. Here the equation is solved in y, {@code -ln(1
     * - y) - y = c}, whose left side is convex and rises from 0: Newton's iteration from a point right of the root falls
     * towards it without overshooting. Both {@code sqrt(2 c)} and {@code 1 - e^(-1 - c)} lie right of it. The relative
     * error is below 1e-12 for c from 1e-8 up, and below 1e-8 for any smaller c, where y is {@code sqrt(2 c)} to that
     * accuracy.
     */
    static double onePlusPrincipal(double c) {
        Checks.notNegative("c", c);
        double y = Math.min(Math.sqrt(2 * c), -Math.expm1(-1 - c));
        for (int step = 0; step < STEPS && y > 0 && y < 1; step++) {
            double excess = -Math.log1p(-y) - y - c;
            double next = y - excess * (1 - y) / y;
            if (!(next < y) || next <= 0) {
                return y;
            }
            y = next;
        }
        return y;
    }
}
