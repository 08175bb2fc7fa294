package trainyard.scheduler.hetero;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * The programs of {@link ShareProgram} with shares for pairs of jobs, too, along the same {@link CentralPath}, which ends where
 * rounding leaves no step (Narayanan et al., Gavel, OSDI 2020, section 3.1). The rate of a job is the sum over its own shares and
 * those of its pairs; all of these together are at most 1.
 *
 * <p>The matrix of a step is {@code D + B' W B}: D of one number for each share, B of two rows for each job, its time and its rate, and one for each
 * type. It is solved by the formula of Woodbury with a Cholesky decomposition of the rows of B, so a step costs the third power of the number of jobs
 * and in proportion to the number of pairs.
 */
final class PairProgram implements CentralPath.Program {

    private static final double START = 0.45;
    /** Added to the diagonal, scaled to 1, of the matrix that is decomposed: where both rows of a job say the same. */
    private static final double RIDGE = 1e-15;

    private final int jobs;
    private final int types;
    private final int rows;
    private final int[] gpus;
    private final double[] fleet;
    private final JobTerm term;
    private final List<Column> columns;

    private final double[] x;
    private double t;

    /**
     * The share of a job, or of two, on a type.
     *
     * @param unit its row of the shares: of a job, or behind all jobs of a pair
     * @param rows of the matrix B in which it stands
     * @param values there
     */
    private record Column(int unit, int type, int[] rows, double[] values) {}

    private PairProgram(double[][] rates, int[] gpus, int[] fleet, List<SharePair> pairs, JobTerm term) {
        this.jobs = rates.length;
        this.types = fleet.length;
        this.rows = 2 * jobs + types;
        this.gpus = gpus;
        this.fleet = Arrays.stream(fleet).asDoubleStream().toArray();
        this.term = term;
        this.columns = new ArrayList<>();
        for (int type = 0; type < types; type++) {
            for (int job = 0; job < jobs && fleet[type] > 0; job++) {
                if (rates[job][type] > 0) {
                    columns.add(column(job, type, new int[] {job}, new double[] {rates[job][type]}));
                }
            }
            for (int pair = 0; pair < pairs.size() && fleet[type] > 0; pair++) {
                SharePair two = pairs.get(pair);
                if (two.runsOn(type)) {
                    columns.add(column(jobs + pair, type, new int[] {two.first(), two.second()}, new double[] {
                        rates[two.first()][type] * two.parts()[0][type],
                        rates[two.second()][type] * two.parts()[1][type]
                    }));
                }
            }
        }
        this.x = new double[columns.size()];
    }

    private Column column(int unit, int type, int[] members, double[] rates) {
        int[] places = new int[2 * members.length + 1];
        double[] values = new double[places.length];
        for (int i = 0; i < members.length; i++) {
            places[2 * i] = members[i];
            values[2 * i] = 1;
            places[2 * i + 1] = jobs + members[i];
            values[2 * i + 1] = rates[i];
        }
        places[places.length - 1] = 2 * jobs + type;
        values[places.length - 1] = gpus[members[0]];
        return new Column(unit, type, places, values);
    }

    /**
     * The best shares: first a row for each job, then one for each pair.
     *
     * @param rates of each job on each type alone, which multiply its shares; with {@link SharePair#parts} those of pairs
     */
    static ShareProgram.Optimum solve(double[][] rates, int[] gpus, int[] fleet, List<SharePair> pairs, JobTerm term) {
        PairProgram program = new PairProgram(rates, gpus, fleet, pairs, term);
        program.begin();
        CentralPath.follow(program, Math.max(1e-12, Math.abs(program.t)));
        return new ShareProgram.Optimum(program.shares(jobsAnd(rates, pairs)), program.t);
    }

    /** The centre of the shares at which every job has a rate above its floor; {@code from} has such rates. */
    static double[][] centre(
            double[][] rates, int[] gpus, int[] fleet, List<SharePair> pairs, double[] floors, double[][] from) {
        PairProgram program = new PairProgram(rates, gpus, fleet, pairs, new Floor(floors));
        for (int i = 0; i < program.x.length; i++) {
            Column column = program.columns.get(i);
            program.x[i] = from[column.unit()][column.type()];
        }
        CentralPath.centre(program, 1);
        return program.shares(jobsAnd(rates, pairs));
    }

    private static int jobsAnd(double[][] rates, List<SharePair> pairs) {
        return rates.length + pairs.size();
    }

    private double[][] shares(int units) {
        double[][] shares = new double[units][types];
        for (int i = 0; i < x.length; i++) {
            shares[columns.get(i).unit()][columns.get(i).type()] = x[i];
        }
        return shares;
    }

    /** Well inside all bounds: no job has more columns than this counts, and each type is shared by all of its columns. */
    private void begin() {
        double[] ofRow = new double[rows];
        for (Column column : columns) {
            for (int i = 0; i < column.rows().length; i++) {
                ofRow[column.rows()[i]] += column.rows()[i] < jobs ? 1 : column.values()[i];
            }
        }
        for (int i = 0; i < x.length; i++) {
            Column column = columns.get(i);
            double most = fleet[column.type()] / ofRow[2 * jobs + column.type()];
            for (int row : column.rows()) {
                most = row < jobs ? Math.min(most, 1 / ofRow[row]) : most;
            }
            x[i] = START * most;
        }
        t = term.start(Arrays.copyOfRange(sums(x), jobs, 2 * jobs));
    }

    /** B times shares: the time of each job, its rate, and the GPUs of each type that are taken. */
    private double[] sums(double[] shares) {
        double[] sums = new double[rows];
        for (int i = 0; i < shares.length; i++) {
            Column column = columns.get(i);
            for (int k = 0; k < column.rows().length; k++) {
                sums[column.rows()[k]] += column.values()[k] * shares[i];
            }
        }
        return sums;
    }

    @Override
    public int constraints() {
        return x.length + rows;
    }

    @Override
    public CentralPath.Step step(double weight) {
        return new Newton(weight);
    }

    private boolean inside(double[] shares, double objective) {
        for (double share : shares) {
            if (!(share > 0)) {
                return false;
            }
        }
        double[] sums = sums(shares);
        for (int job = 0; job < jobs; job++) {
            if (!(sums[job] < 1) || !(term.slack(job, sums[jobs + job], objective) > 0)) {
                return false;
            }
        }
        for (int type = 0; type < types; type++) {
            if (fleet[type] > 0 && !(sums[2 * jobs + type] < fleet[type])) {
                return false;
            }
        }
        return true;
    }

    /** One Newton step: direction and decrement. */
    private final class Newton implements CentralPath.Step {
        private final double[] dx = new double[x.length];
        private double dt;
        private double decrementSquared;

        /** The gradient and the curvature by each row of B, and by rate and objective together. */
        private final double[] slope = new double[rows];

        private final double[] curvature = new double[rows];
        private final double[] mixed = new double[rows];
        private double slopeT;
        private double curvatureT;

        Newton(double weight) {
            byRows(weight);
            double[] gradient = transposed(slope);
            for (int i = 0; i < x.length; i++) {
                gradient[i] -= 1 / x[i];
            }
            double[] border = transposed(mixed);
            CholeskyDecomposition inner;
            double[] scales = new double[rows];
            try {
                inner = decomposed(scales);
            } catch (NonPositiveDefiniteMatrixException rounding) {
                // The path ends where the digits do.
                return;
            }
            double[] whole = solve(gradient, inner, scales);
            double[] bordered = term.direction() == 0 ? new double[x.length] : solve(border, inner, scales);
            double pivot = curvatureT - dot(border, bordered);
            dt = term.direction() == 0 ? 0 : -(slopeT - dot(border, whole)) / pivot;
            for (int i = 0; i < x.length; i++) {
                dx[i] = -whole[i] - dt * bordered[i];
                decrementSquared -= dx[i] * gradient[i];
            }
            decrementSquared -= dt * slopeT;
        }

        @Override
        public double decrementSquared() {
            return decrementSquared;
        }

        @Override
        public double longest() {
            double longest = CentralPath.BEYOND;
            for (int i = 0; i < x.length; i++) {
                longest = CentralPath.longest(longest, x[i], dx[i]);
            }
            return longest;
        }

        @Override
        public boolean staysInside(double part) {
            double[] next = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                next[i] = x[i] + part * dx[i];
            }
            return inside(next, t + part * dt);
        }

        @Override
        public void take(double part) {
            for (int i = 0; i < x.length; i++) {
                x[i] += part * dx[i];
            }
            t += part * dt;
        }

        private void byRows(double weight) {
            double[] sums = sums(x);
            slopeT = term.direction() / weight;
            double[] d = new double[5];
            for (int job = 0; job < jobs; job++) {
                double idle = 1 - sums[job];
                slope[job] = 1 / idle;
                curvature[job] = 1 / (idle * idle);
                term.derivatives(job, sums[jobs + job], t, d);
                slope[jobs + job] = d[0];
                curvature[jobs + job] = d[2];
                mixed[jobs + job] = d[3];
                slopeT += d[1];
                curvatureT += d[4];
            }
            for (int type = 0; type < types; type++) {
                double free = fleet[type] - sums[2 * jobs + type];
                slope[2 * jobs + type] = fleet[type] > 0 ? 1 / free : 0;
                curvature[2 * jobs + type] = fleet[type] > 0 ? 1 / (free * free) : 1;
            }
            slopeT = term.direction() == 0 ? 0 : slopeT;
        }

        private double[] transposed(double[] ofRows) {
            double[] product = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                Column column = columns.get(i);
                for (int k = 0; k < column.rows().length; k++) {
                    product[i] += column.values()[k] * ofRows[column.rows()[k]];
                }
            }
            return product;
        }

        /** {@code 1/W + B (1/D) B'}, with a diagonal of 1 by scales that are put in the array. */
        private CholeskyDecomposition decomposed(double[] scales) {
            double[][] matrix = new double[rows][rows];
            for (int row = 0; row < rows; row++) {
                matrix[row][row] = 1 / curvature[row];
            }
            for (int i = 0; i < x.length; i++) {
                Column column = columns.get(i);
                for (int k = 0; k < column.rows().length; k++) {
                    double part = column.values()[k] * x[i] * x[i];
                    for (int l = 0; l < column.rows().length; l++) {
                        matrix[column.rows()[k]][column.rows()[l]] += part * column.values()[l];
                    }
                }
            }
            for (int row = 0; row < rows; row++) {
                scales[row] = 1 / Math.sqrt(matrix[row][row]);
            }
            for (int row = 0; row < rows; row++) {
                for (int k = 0; k < row; k++) {
                    matrix[row][k] *= scales[row] * scales[k];
                    matrix[k][row] = matrix[row][k];
                }
                matrix[row][row] = 1 + RIDGE;
            }
            return new CholeskyDecomposition(new Array2DRowRealMatrix(matrix, false), 1, 0);
        }

        /** Solves {@code (D + B' W B) y = right}. */
        private double[] solve(double[] right, CholeskyDecomposition inner, double[] scales) {
            double[] scaled = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                scaled[i] = right[i] * x[i] * x[i];
            }
            double[] sums = sums(scaled);
            for (int row = 0; row < rows; row++) {
                sums[row] *= scales[row];
            }
            double[] solved =
                    inner.getSolver().solve(new ArrayRealVector(sums, false)).toArray();
            for (int row = 0; row < rows; row++) {
                solved[row] *= scales[row];
            }
            double[] back = transposed(solved);
            for (int i = 0; i < x.length; i++) {
                scaled[i] -= back[i] * x[i] * x[i];
            }
            return scaled;
        }

        private double dot(double[] left, double[] right) {
            double sum = 0;
            for (int i = 0; i < left.length; i++) {
                sum += left[i] * right[i];
            }
            return sum;
        }
    }
}
