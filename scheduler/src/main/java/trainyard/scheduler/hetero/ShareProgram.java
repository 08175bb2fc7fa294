package trainyard.scheduler.hetero;

import java.util.Arrays;

/**
 * Finds shares that are best for an objective by an interior-point method: Newton steps along the central path of the
 * logarithmic barrier (Boyd and Vandenberghe, Convex Optimization, 2004, section 11.3). Where many shares are equally good
 * it ends at their analytic centre, which treats equal jobs alike, as a simplex method, which ends at a corner, would not. That
 * is why it is written here: solvers of linear programs in libraries end at a corner.
 *
 * <p>The matrix of a step is a block for each job, a border for the objective and one row for each type of GPU, so that a step
 * costs in proportion to the number of jobs.
 */
final class ShareProgram {

    /**
     * The duality gap at which the path ends, relative to an objective near 1, if rounding has not ended it before: the best value is met
     * to 1e-4 (held against the simplex method of Commons Math in a test).
     */
    private static final double GAP = 1e-9;

    private static final double PATH_FACTOR = 0.15;
    private static final double SETTLED = 1e-8;
    private static final int MOST_STEPS = 60;
    private static final double FULL_STEP_BELOW = 0.25;
    private static final double INSIDE = 0.95;
    private static final double START = 0.45;

    private final int jobs;
    private final int types;
    private final int[] gpus;
    private final double[] fleet;
    private final double[][] rates;
    private final JobTerm term;
    /** Whether the sum of all rates is to rise. */
    private final boolean sum;

    private final double[][] x;
    private double t;

    /** What a job adds to the barrier, by its rate {@code u} and the objective {@code t}. */
    interface JobTerm {

        /** Its slack; not above 0 where the point is outside. */
        double slack(int job, double u, double t);

        /** First and second derivatives of {@code -log slack}: by u, t, uu, ut, tt. */
        void derivatives(int job, double u, double t, double[] out);

        /** A value of the objective for which rates are inside. */
        double start(double[] u);

        /** 1 where the objective is to fall, -1 where it is to rise, 0 where there is none. */
        int direction();
    }

    private ShareProgram(double[][] rates, int[] gpus, int[] fleet, JobTerm term, boolean sum) {
        this.jobs = rates.length;
        this.types = fleet.length;
        this.gpus = gpus;
        this.fleet = Arrays.stream(fleet).asDoubleStream().toArray();
        this.rates = rates;
        this.term = term;
        this.sum = sum;
        this.x = new double[jobs][types];
    }

    /**
     * Shares at the best value of an objective.
     *
     * @param shares as {@link SharePolicy#shares}
     * @param objective its value
     */
    record Optimum(double[][] shares, double objective) {}

    /** The best shares; rates of a job on each type multiply its shares. */
    static Optimum solve(double[][] rates, int[] gpus, int[] fleet, JobTerm term) {
        ShareProgram program = new ShareProgram(rates, gpus, fleet, term, false);
        program.begin();
        program.follow(Math.max(1e-12, Math.abs(program.t)));
        return new Optimum(program.x, program.t);
    }

    /** The shares with the largest sum of rates, of which the largest is 1. */
    static double[][] maximiseSum(double[][] rates, int[] gpus, int[] fleet) {
        ShareProgram program = new ShareProgram(rates, gpus, fleet, new Floor(new double[rates.length]), true);
        program.begin();
        program.follow(1);
        return program.x;
    }

    /** Follows the central path from one weight of the barrier to where the gap is closed. */
    private void follow(double scale) {
        int constraints = jobs * (types + 2) + types;
        for (double weight = scale; weight > GAP * scale / constraints; weight *= PATH_FACTOR) {
            centre(weight);
        }
    }

    /** The centre of the shares at which every job has a rate above its floor; {@code from} has such rates. */
    static double[][] centre(double[][] rates, int[] gpus, int[] fleet, double[] floors, double[][] from) {
        ShareProgram program = new ShareProgram(rates, gpus, fleet, new Floor(floors), false);
        for (int i = 0; i < program.jobs; i++) {
            program.x[i] = from[i].clone();
        }
        program.centre(1);
        return program.x;
    }

    /** Rates above fixed floors. */
    private record Floor(double[] floors) implements JobTerm {
        @Override
        public double slack(int job, double u, double t) {
            return u - floors[job];
        }

        @Override
        public void derivatives(int job, double u, double t, double[] out) {
            double slack = u - floors[job];
            out[0] = -1 / slack;
            out[1] = 0;
            out[2] = 1 / (slack * slack);
            out[3] = 0;
            out[4] = 0;
        }

        @Override
        public double start(double[] u) {
            return 0;
        }

        @Override
        public int direction() {
            return 0;
        }
    }

    private void begin() {
        double wanted = 0;
        for (int count : gpus) {
            wanted += count;
        }
        for (int i = 0; i < jobs; i++) {
            for (int j = 0; j < types; j++) {
                x[i][j] = fleet[j] == 0 ? 0 : START * Math.min(1.0 / types, fleet[j] / wanted);
            }
        }
        t = term.start(rates());
    }

    private double[] rates() {
        double[] u = new double[jobs];
        for (int i = 0; i < jobs; i++) {
            u[i] = rate(x[i], rates[i]);
        }
        return u;
    }

    private static double rate(double[] shares, double[] rate) {
        double sum = 0;
        for (int j = 0; j < shares.length; j++) {
            sum += shares[j] * rate[j];
        }
        return sum;
    }

    /** Newton's method for the barrier at one weight of it against the objective. */
    private void centre(double weight) {
        for (int step = 0; step < MOST_STEPS; step++) {
            Newton newton = new Newton(weight);
            double decrement = Math.sqrt(Math.max(0, newton.decrementSquared));
            if (!(decrement > SETTLED)) {
                return;
            }
            double length = decrement < FULL_STEP_BELOW ? 1 : 1 / (1 + decrement);
            move(newton, Math.min(length, INSIDE * longest(newton)));
        }
    }

    private void move(Newton newton, double length) {
        double size = length;
        while (!inside(newton, size)) {
            size /= 2;
        }
        for (int i = 0; i < jobs; i++) {
            for (int j = 0; j < types; j++) {
                x[i][j] += size * newton.dx[i][j];
            }
        }
        t += size * newton.dt;
    }

    /** How far a step may go before a share falls to 0. */
    private double longest(Newton newton) {
        double longest = 1 / INSIDE;
        for (int i = 0; i < jobs; i++) {
            for (int j = 0; j < types; j++) {
                if (newton.dx[i][j] < 0) {
                    longest = Math.min(longest, -x[i][j] / newton.dx[i][j]);
                }
            }
        }
        return longest;
    }

    private boolean inside(Newton newton, double size) {
        double[] used = new double[types];
        for (int i = 0; i < jobs; i++) {
            double sum = 0;
            double u = 0;
            for (int j = 0; j < types; j++) {
                double share = x[i][j] + size * newton.dx[i][j];
                if (fleet[j] > 0 && share <= 0) {
                    return false;
                }
                sum += share;
                u += share * rates[i][j];
                used[j] += gpus[i] * share;
            }
            if (sum >= 1 || term.slack(i, u, t + size * newton.dt) <= 0) {
                return false;
            }
        }
        for (int j = 0; j < types; j++) {
            if (fleet[j] > 0 && used[j] >= fleet[j]) {
                return false;
            }
        }
        return true;
    }

    /** One Newton step: direction and decrement. */
    private final class Newton {
        private final double[][] dx = new double[jobs][types];
        private double dt;
        private double decrementSquared;

        private final double[][] gradient = new double[jobs][types];
        private final double[][] border = new double[jobs][types];
        private final double[][][] inverse = new double[jobs][][];
        private double gradientT;
        private double curvatureT;

        Newton(double weight) {
            double[] free = fleet.clone();
            for (int i = 0; i < jobs; i++) {
                for (int j = 0; j < types; j++) {
                    free[j] -= gpus[i] * x[i][j];
                }
            }
            gradientT = term.direction() / weight;
            double[] d = new double[5];
            for (int i = 0; i < jobs; i++) {
                block(i, free, weight, d);
            }
            if (term.direction() == 0) {
                curvatureT = 1;
                gradientT = 0;
            }
            solve(free);
        }

        private void block(int i, double[] free, double weight, double[] d) {
            double idle = 1;
            for (double share : x[i]) {
                idle -= share;
            }
            term.derivatives(i, rate(x[i], rates[i]), t, d);
            double[][] hessian = new double[types][types];
            for (int j = 0; j < types; j++) {
                if (fleet[j] == 0) {
                    hessian[j][j] = 1;
                    continue;
                }
                gradient[i][j] = -1 / x[i][j] + 1 / idle + d[0] * rates[i][j] + gpus[i] / free[j];
                gradient[i][j] -= sum ? rates[i][j] / weight : 0;
                border[i][j] = d[3] * rates[i][j];
                for (int k = 0; k < types; k++) {
                    if (fleet[k] > 0) {
                        hessian[j][k] += 1 / (idle * idle) + d[2] * rates[i][j] * rates[i][k];
                    }
                }
                hessian[j][j] += 1 / (x[i][j] * x[i][j]);
            }
            inverse[i] = SmallMatrix.inverse(hessian);
            gradientT += d[1];
            curvatureT += d[4];
        }

        /** Blocks and border by elimination, the rows of the types by the formula of Woodbury. */
        private void solve(double[] free) {
            Column whole = column(gradient, gradientT);
            Column[] ofType = new Column[types];
            double[][] small = new double[types][types];
            double[] right = new double[types];
            for (int j = 0; j < types; j++) {
                ofType[j] = fleet[j] == 0 ? null : column(capacity(j), 0);
            }
            for (int j = 0; j < types; j++) {
                small[j][j] = fleet[j] == 0 ? 1 : free[j] * free[j];
                if (fleet[j] > 0) {
                    right[j] = dotCapacity(whole, j);
                    for (int k = 0; k < types; k++) {
                        small[j][k] += fleet[k] > 0 ? dotCapacity(ofType[k], j) : 0;
                    }
                }
            }
            double[] y = SmallMatrix.times(SmallMatrix.inverse(small), right);
            for (int i = 0; i < jobs; i++) {
                for (int j = 0; j < types; j++) {
                    double value = whole.x[i][j];
                    for (int k = 0; k < types; k++) {
                        value -= fleet[k] > 0 ? y[k] * ofType[k].x[i][j] : 0;
                    }
                    dx[i][j] = fleet[j] > 0 ? -value : 0;
                    decrementSquared -= dx[i][j] * gradient[i][j];
                }
            }
            double valueT = whole.t;
            for (int k = 0; k < types; k++) {
                valueT -= fleet[k] > 0 ? y[k] * ofType[k].t : 0;
            }
            dt = term.direction() == 0 ? 0 : -valueT;
            decrementSquared -= dt * gradientT;
        }

        private double[][] capacity(int type) {
            double[][] column = new double[jobs][types];
            for (int i = 0; i < jobs; i++) {
                column[i][type] = gpus[i];
            }
            return column;
        }

        private double dotCapacity(Column column, int type) {
            double sum = 0;
            for (int i = 0; i < jobs; i++) {
                sum += gpus[i] * column.x[i][type];
            }
            return sum;
        }

        /** Solves blocks and border for one right side. */
        private Column column(double[][] right, double rightT) {
            double[][] partial = new double[jobs][];
            double[][] bordered = new double[jobs][];
            double pivot = curvatureT;
            double value = rightT;
            for (int i = 0; i < jobs; i++) {
                partial[i] = SmallMatrix.times(inverse[i], right[i]);
                bordered[i] = SmallMatrix.times(inverse[i], border[i]);
                pivot -= rate(border[i], bordered[i]);
                value -= rate(border[i], partial[i]);
            }
            double solved = value / pivot;
            for (int i = 0; i < jobs; i++) {
                for (int j = 0; j < types; j++) {
                    partial[i][j] -= solved * bordered[i][j];
                }
            }
            return new Column(partial, solved);
        }
    }

    private record Column(double[][] x, double t) {}
}
