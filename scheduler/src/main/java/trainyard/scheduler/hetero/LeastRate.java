package trainyard.scheduler.hetero;

import java.util.List;

/** The objective is the least rate of all jobs, and is to rise. */
final class LeastRate implements JobTerm {

    private static final double BELOW = 0.5;

    @Override
    public double slack(int job, double u, double t) {
        return u - t;
    }

    @Override
    public void derivatives(int job, double u, double t, double[] out) {
        double slack = u - t;
        out[0] = -1 / slack;
        out[1] = 1 / slack;
        out[2] = 1 / (slack * slack);
        out[3] = -out[2];
        out[4] = out[2];
    }

    @Override
    public double start(double[] u) {
        double least = Double.MAX_VALUE;
        for (double rate : u) {
            least = Math.min(least, rate);
        }
        return BELOW * least;
    }

    @Override
    public List<Double> traits(int job) {
        return List.of();
    }

    @Override
    public int direction() {
        return -1;
    }
}
