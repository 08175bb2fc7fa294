package trainyard.scheduler.hetero;

/**
 * Follows the central path of a logarithmic barrier by Newton's method (Boyd and Vandenberghe, Convex Optimization, 2004, section
 * 11.3): for weights of the barrier against the objective that fall by a factor, damped steps to the point at which the step is
 * settled, each as long as stays inside all bounds.
 */
final class CentralPath {

    /**
     * The duality gap at which the path ends, relative to an objective near 1, if rounding has not ended it before: the best value is met
     * to 1e-4 (held against the simplex method of Commons Math in a test).
     */
    private static final double GAP = 1e-9;

    private static final double PATH_FACTOR = 0.15;
    private static final double FULL_STEP_BELOW = 0.25;
    private static final double INSIDE = 0.95;

    /** A step shorter than this, by the curvature of the barrier, is none. */
    static final double SETTLED = 1e-8;

    /** Steps at one weight; the method takes a few. */
    static final int MOST_STEPS = 60;

    /** Longer than any step: the whole of one in which nothing falls to 0. */
    static final double BEYOND = 1 / INSIDE;

    private CentralPath() {}

    /** A program, and the point of it that moves. */
    interface Program {

        /** The step of Newton's method at the point, for a weight of the barrier against the objective. */
        Step step(double weight);

        /** How many logarithms the barrier has. */
        int constraints();
    }

    /** A step of Newton's method. */
    interface Step {

        /** The square of its length by the curvature of the barrier. */
        double decrementSquared();

        /** The most of it before a variable falls to 0; {@link #BEYOND} where none does. */
        double longest();

        /** Whether the point would be within all bounds behind a part of it. */
        boolean staysInside(double part);

        /** Moves the point by a part of it. */
        void take(double part);
    }

    /**
     * Follows the path from the weight of an objective to where the gap is closed.
     *
     * @param scale the size of the objective, above 0
     * @return whether every step stayed inside, whatever was left of it
     */
    static boolean follow(Program program, double scale) {
        boolean inside = true;
        double last = GAP * scale / program.constraints();
        for (double weight = scale; weight > last; weight *= PATH_FACTOR) {
            inside &= centre(program, weight);
        }
        return inside;
    }

    /**
     * Goes to the centre at one weight.
     *
     * @return false where a step has no part that stays inside
     */
    static boolean centre(Program program, double weight) {
        for (int count = 0; count < MOST_STEPS; count++) {
            Step step = program.step(weight);
            double decrement = Math.sqrt(Math.max(0, step.decrementSquared()));
            if (!(decrement > SETTLED)) {
                return true;
            }
            double part = decrement < FULL_STEP_BELOW ? 1 : 1 / (1 + decrement);
            part = Math.min(part, INSIDE * step.longest());
            while (part > 0 && !step.staysInside(part)) {
                part /= 2;
            }
            if (!(part > 0)) {
                return false;
            }
            step.take(part);
        }
        return true;
    }

    /** The lesser of a length and of that after which a variable falls to 0 that changes by so much. */
    static double longest(double longest, double at, double by) {
        return by < 0 ? Math.min(longest, -at / by) : longest;
    }
}
