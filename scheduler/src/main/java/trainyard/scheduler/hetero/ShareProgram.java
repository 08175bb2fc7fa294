package trainyard.scheduler.hetero;

import java.util.Arrays;

/**
 * Finds shares that are best for an objective by an interior-point method, along the {@link CentralPath} of the logarithmic
 * barrier. Where many shares are equally good it ends at their analytic centre, which treats equal jobs alike, as a simplex
 * method, which ends at a corner, would not. That is why it is written here: solvers of linear programs in libraries end at a
 * corner.
 *
 * <p>The matrix of a step is a block for each job, a border for the objective and one row for each type of GPU, so that a step
 * costs in proportion to the number of jobs; of {@link EqualJobs} only one is computed.
 */
final class ShareProgram implements CentralPath.Program {

    private static final double START = 0.45;

    private final EqualJobs equal;
    /** How many jobs differ; all arrays below have a row for each. */
    private final int groups;

    private final int[] count;
    private final int types;
    private final int[] gpus;
    private final double[] fleet;
    private final double[][] rates;
    private final JobTerm term;
    /** Whether the sum of all rates is to rise. */
    private final boolean sum;

    private final double[][] x;
    /** What a share of each job on each type adds to a linear cost beside the barrier. */
    private final double[][] cost;

    private double t;

    private ShareProgram(EqualJobs equal, double[][] rates, int[] gpus, int[] fleet, JobTerm term, boolean sum) {
        this.equal = equal;
        this.groups = equal.groups();
        this.count = equal.count();
        this.types = fleet.length;
        this.gpus = Arrays.stream(equal.first()).map(job -> gpus[job]).toArray();
        this.fleet = Arrays.stream(fleet).asDoubleStream().toArray();
        this.rates = Arrays.stream(equal.first()).mapToObj(job -> rates[job]).toArray(double[][]::new);
        this.term = term;
        this.sum = sum;
        this.x = new double[groups][types];
        this.cost = new double[groups][types];
    }

    /**
     * Shares at the best value of an objective.
     *
     * @param shares as {@link SharePolicy#shares}
     * @param objective its value
     */
    record Optimum(double[][] shares, double objective) {}

    /**
     * The best shares of some jobs, and of their pairs if there are some.
     *
     * @param rates of each job on each type, which multiply its shares
     */
    static Optimum solve(ShareDemand demand, double[][] rates, JobTerm term) {
        return demand.pairs().isEmpty()
                ? solve(rates, demand.gpus(), demand.fleet(), term)
                : PairProgram.solve(rates, demand.gpus(), demand.fleet(), demand.pairs(), term);
    }

    /** The best shares; rates of a job on each type multiply its shares. */
    static Optimum solve(double[][] rates, int[] gpus, int[] fleet, JobTerm term) {
        ShareProgram program = new ShareProgram(EqualJobs.of(rates, gpus, term), rates, gpus, fleet, term, false);
        program.begin();
        checked(CentralPath.follow(program, Math.max(1e-12, Math.abs(program.t))));
        return new Optimum(program.equal.spread(program.x), program.t);
    }

    /** The shares with the largest sum of rates, of which the largest is 1. */
    static double[][] maximiseSum(double[][] rates, int[] gpus, int[] fleet) {
        Floor none = new Floor(new double[rates.length]);
        ShareProgram program = new ShareProgram(EqualJobs.of(rates, gpus, none), rates, gpus, fleet, none, true);
        program.begin();
        checked(CentralPath.follow(program, 1));
        return program.equal.spread(program.x);
    }

    /** The centre of the shares at which every job has a rate above its floor; {@code from} has such rates. */
    static double[][] centre(double[][] rates, int[] gpus, int[] fleet, double[] floors, double[][] from) {
        ShareProgram program = from(rates, gpus, fleet, floors, from);
        checked(CentralPath.centre(program, 1));
        return program.x;
    }

    /**
     * Where a homogeneous self-dual method ends at such shares, from multipliers of 1 on all constraints: the product of all slacks
     * over the (m + 1)th power of 1 + their sum is largest, m being their number. It follows from the central path of that method
     * (Vandenberghe, The CVXOPT linear and quadratic cone program solvers, 2010, section 4), on which slack times multiplier is the
     * same of all constraints, at the end of the path. Other than the analytic centre, it depends on the unit of each slack.
     *
     * @param units of the slack of each job's rate
     * @param from shares with rates above the floors
     */
    static double[][] selfDualCentre(
            double[][] rates, int[] gpus, int[] fleet, double[] floors, double[] units, double[][] from) {
        ShareProgram program = from(rates, gpus, fleet, floors, from);
        double before = 0;
        double price = program.price(floors, units);
        for (int step = 0;
                step < CentralPath.MOST_STEPS && Math.abs(price - before) > CentralPath.SETTLED * price;
                step++) {
            program.charge(price, units);
            checked(CentralPath.centre(program, 1));
            before = price;
            price = program.price(floors, units);
        }
        return program.x;
    }

    /** Without an objective; shares of two equal jobs may differ at first. */
    private static ShareProgram from(double[][] rates, int[] gpus, int[] fleet, double[] floors, double[][] from) {
        EqualJobs each = EqualJobs.none(rates.length);
        ShareProgram program = new ShareProgram(each, rates, gpus, fleet, new Floor(floors), false);
        for (int i = 0; i < program.groups; i++) {
            program.x[i] = from[i].clone();
        }
        return program;
    }

    private static void checked(boolean inside) {
        if (!inside) {
            throw new ArithmeticException("no step of a program of shares stays within its bounds");
        }
    }

    @Override
    public CentralPath.Step step(double weight) {
        return new Newton(weight);
    }

    @Override
    public int constraints() {
        return equal.group().length * (types + 2) + types;
    }

    /** The slope of the logarithm of the (m + 1)th power of 1 + the sum of slacks, by that sum. */
    private double price(double[] floors, double[] units) {
        double slacks = groups + Arrays.stream(fleet).sum();
        for (int i = 0; i < groups; i++) {
            slacks += units[i] * (rate(x[i], rates[i]) - floors[i]);
            for (int j = 0; j < types; j++) {
                slacks -= gpus[i] * x[i][j];
            }
        }
        return (constraints() + 1) / (1 + slacks);
    }

    /** Puts a price on slack. That of a share not below 0 and that of a job's time not above 1 cancel each other out. */
    private void charge(double price, double[] units) {
        for (int i = 0; i < groups; i++) {
            for (int j = 0; j < types; j++) {
                cost[i][j] = price * (units[i] * rates[i][j] - gpus[i]);
            }
        }
    }

    private void begin() {
        double wanted = 0;
        for (int i = 0; i < groups; i++) {
            wanted += (double) count[i] * gpus[i];
        }
        for (int i = 0; i < groups; i++) {
            for (int j = 0; j < types; j++) {
                x[i][j] = fleet[j] == 0 ? 0 : START * Math.min(1.0 / types, fleet[j] / wanted);
            }
        }
        t = term.start(rates());
    }

    private double[] rates() {
        double[] u = new double[equal.group().length];
        for (int job = 0; job < u.length; job++) {
            int i = equal.group()[job];
            u[job] = rate(x[i], rates[i]);
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

    /** One Newton step: direction and decrement. */
    private final class Newton implements CentralPath.Step {
        private final double[][] dx = new double[groups][types];
        private double dt;
        private double decrementSquared;

        private final double[][] gradient = new double[groups][types];
        private final double[][] border = new double[groups][types];
        private final double[][][] inverse = new double[groups][][];
        private double gradientT;
        private double curvatureT;

        Newton(double weight) {
            double[] free = fleet.clone();
            for (int i = 0; i < groups; i++) {
                for (int j = 0; j < types; j++) {
                    free[j] -= (double) count[i] * gpus[i] * x[i][j];
                }
            }
            gradientT = term.direction() / weight;
            double[] d = new double[5];
            for (int i = 0; i < groups; i++) {
                block(i, free, weight, d);
            }
            if (term.direction() == 0) {
                curvatureT = 1;
                gradientT = 0;
            }
            solve(free);
        }

        @Override
        public double decrementSquared() {
            return decrementSquared;
        }

        @Override
        public double longest() {
            double longest = CentralPath.BEYOND;
            for (int i = 0; i < groups; i++) {
                for (int j = 0; j < types; j++) {
                    longest = CentralPath.longest(longest, x[i][j], dx[i][j]);
                }
            }
            return longest;
        }

        @Override
        public void take(double part) {
            for (int i = 0; i < groups; i++) {
                for (int j = 0; j < types; j++) {
                    x[i][j] += part * dx[i][j];
                }
            }
            t += part * dt;
        }

        @Override
        public boolean staysInside(double part) {
            double[] used = new double[types];
            for (int i = 0; i < groups; i++) {
                double sum = 0;
                double u = 0;
                for (int j = 0; j < types; j++) {
                    double share = x[i][j] + part * dx[i][j];
                    if (fleet[j] > 0 && !(share > 0)) {
                        return false;
                    }
                    sum += share;
                    u += share * rates[i][j];
                    used[j] += (double) count[i] * gpus[i] * share;
                }
                if (!(sum < 1) || !(term.slack(equal.first()[i], u, t + part * dt) > 0)) {
                    return false;
                }
            }
            for (int j = 0; j < types; j++) {
                if (fleet[j] > 0 && !(used[j] < fleet[j])) {
                    return false;
                }
            }
            return true;
        }

        private void block(int i, double[] free, double weight, double[] d) {
            double idle = 1;
            for (double share : x[i]) {
                idle -= share;
            }
            term.derivatives(equal.first()[i], rate(x[i], rates[i]), t, d);
            double[][] hessian = new double[types][types];
            for (int j = 0; j < types; j++) {
                if (fleet[j] == 0) {
                    hessian[j][j] = 1;
                    continue;
                }
                gradient[i][j] = -1 / x[i][j] + 1 / idle + d[0] * rates[i][j] + gpus[i] / free[j] + cost[i][j];
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
            gradientT += count[i] * d[1];
            curvatureT += count[i] * d[4];
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
            for (int i = 0; i < groups; i++) {
                for (int j = 0; j < types; j++) {
                    double value = whole.x[i][j];
                    for (int k = 0; k < types; k++) {
                        value -= fleet[k] > 0 ? y[k] * ofType[k].x[i][j] : 0;
                    }
                    dx[i][j] = fleet[j] > 0 ? -value : 0;
                    decrementSquared -= count[i] * dx[i][j] * gradient[i][j];
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
            double[][] column = new double[groups][types];
            for (int i = 0; i < groups; i++) {
                column[i][type] = gpus[i];
            }
            return column;
        }

        private double dotCapacity(Column column, int type) {
            double sum = 0;
            for (int i = 0; i < groups; i++) {
                sum += (double) count[i] * gpus[i] * column.x[i][type];
            }
            return sum;
        }

        /** Solves blocks and border for one right side. */
        private Column column(double[][] right, double rightT) {
            double[][] partial = new double[groups][];
            double[][] bordered = new double[groups][];
            double pivot = curvatureT;
            double value = rightT;
            for (int i = 0; i < groups; i++) {
                partial[i] = SmallMatrix.times(inverse[i], right[i]);
                bordered[i] = SmallMatrix.times(inverse[i], border[i]);
                pivot -= count[i] * rate(border[i], bordered[i]);
                value -= count[i] * rate(border[i], partial[i]);
            }
            double solved = value / pivot;
            for (int i = 0; i < groups; i++) {
                for (int j = 0; j < types; j++) {
                    partial[i][j] -= solved * bordered[i][j];
                }
            }
            return new Column(partial, solved);
        }
    }

    private record Column(double[][] x, double t) {}
}
