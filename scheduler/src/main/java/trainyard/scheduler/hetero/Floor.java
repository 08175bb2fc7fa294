package trainyard.scheduler.hetero;

import java.util.List;

/**
 * Each job has a rate above its floor, and there is no objective.
 *
 * @param floors of each job
 */
record Floor(double[] floors) implements JobTerm {
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
    public List<Double> traits(int job) {
        return List.of(floors[job]);
    }

    @Override
    public int direction() {
        return 0;
    }
}
