package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * Time to failure of a job that needs all of its nodes, each of which fails at a constant rate: nodes in series.
 *
 * @param nodes nodes of the job, at least 1
 * @param failuresPerNodeDay failures of one node in a day, positive
 */
public record JobMttf(int nodes, double failuresPerNodeDay) {

    private static final double SECONDS_PER_DAY = 86_400;

    public JobMttf {
        Checks.atLeast("nodes", nodes, 1);
        Checks.positive("failuresPerNodeDay", failuresPerNodeDay);
    }

    /** {@code 1 / (N r)}. */
    public double seconds() {
        return SECONDS_PER_DAY / (nodes * failuresPerNodeDay);
    }

    /** {@code 1 / seconds()}. */
    public double failuresPerSecond() {
        return nodes * failuresPerNodeDay / SECONDS_PER_DAY;
    }

    /** {@code e^(-N r t)}: chance that nothing fails within a time. */
    public double survival(double seconds) {
        Checks.notNegative("seconds", seconds);
        return Math.exp(-failuresPerSecond() * seconds);
    }
}
