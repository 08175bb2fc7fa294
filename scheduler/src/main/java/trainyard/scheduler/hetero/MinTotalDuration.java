package trainyard.scheduler.hetero;

import java.util.Arrays;
import java.util.Objects;

/**
 * The makespan as short as possible: shares at which all jobs that there are end within a time, which is looked for by bisection
 * until it is known to 5 % (Gavel, section 4.2).
 */
public final class MinTotalDuration implements SharePolicy {

    /** Which shares are taken of all that end in time. */
    public enum Choice {
        /** Their analytic centre. */
        ANALYTIC_CENTRE,
        /** Those at which a homogeneous self-dual method ends with slacks in steps per second, shares and GPUs, as CVXOPT does. */
        SELF_DUAL_CENTRE
    }

    private static final double LEAST_SECONDS = 100;
    private static final double MOST_SECONDS = 1e6;
    private static final double KNOWN = 1.05;

    private final Choice choice;

    /** Takes the analytic centre. */
    public MinTotalDuration() {
        this(Choice.ANALYTIC_CENTRE);
    }

    public MinTotalDuration(Choice choice) {
        this.choice = Objects.requireNonNull(choice, "choice");
    }

    @Override
    public double[][] shares(ShareDemand demand) {
        double[] steps = stepsLeft(demand);
        double[][] rates = new double[demand.jobs()][demand.types()];
        for (int i = 0; i < demand.jobs(); i++) {
            for (int j = 0; j < demand.types(); j++) {
                rates[i][j] = demand.speeds()[i][j] / steps[i];
            }
        }
        ShareProgram.Optimum shortest = ShareProgram.solve(demand, rates, new LeastRate());
        double seconds = bisect(1 / shortest.objective());
        double[] floors = new double[demand.jobs()];
        Arrays.fill(floors, 1 / seconds);
        if (!demand.pairs().isEmpty()) {
            return PairProgram.centre(rates, demand.gpus(), demand.fleet(), demand.pairs(), floors, shortest.shares());
        }
        return choice == Choice.ANALYTIC_CENTRE
                ? ShareProgram.centre(rates, demand.gpus(), demand.fleet(), floors, shortest.shares())
                : ShareProgram.selfDualCentre(rates, demand.gpus(), demand.fleet(), floors, steps, shortest.shares());
    }

    private static double[] stepsLeft(ShareDemand demand) {
        return Arrays.stream(demand.stepsLeft()).map(left -> Math.max(1, left)).toArray();
    }

    /** The time at which a bisection ends that finds every time above the shortest one to be enough. */
    private static double bisect(double shortest) {
        if (!(shortest >= 0 && shortest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("jobs last for a finite time, got " + shortest + " s");
        }
        double most = MOST_SECONDS;
        double least = LEAST_SECONDS;
        double bound = MOST_SECONDS;
        double found = 0;
        while (found == 0) {
            while (KNOWN * least < most) {
                double middle = (least + most) / 2;
                if (middle > shortest) {
                    found = middle;
                    most = middle;
                } else {
                    least = middle;
                }
            }
            most = bound * 10;
            least = bound;
            bound *= 10;
        }
        return found;
    }
}
