package trainyard.scheduler.hetero;

import java.util.List;

/**
 * The objective is the worst ratio of all jobs between the time that a job takes, what has passed of it and its steps at its
 * rate, and a time that would have been fair; it is to fall. With ratio t, rate u, elapsed e, steps n and fair time T the
 * condition {@code e + n / u <= t T} is {@code (t T - e) u - n >= 0}.
 *
 * @param elapsed seconds since submission
 * @param steps left
 * @param fair seconds from submission to end
 */
record WorstRatio(double[] elapsed, double[] steps, double[] fair) implements JobTerm {

    private static final double ABOVE = 2;

    @Override
    public double slack(int job, double u, double t) {
        double time = t * fair[job] - elapsed[job];
        return time <= 0 || u <= 0 ? -1 : time * u - steps[job];
    }

    @Override
    public void derivatives(int job, double u, double t, double[] out) {
        double time = t * fair[job] - elapsed[job];
        double slack = time * u - steps[job];
        double byU = time / slack;
        double byT = fair[job] * u / slack;
        out[0] = -byU;
        out[1] = -byT;
        out[2] = byU * byU;
        out[3] = byU * byT - fair[job] / slack;
        out[4] = byT * byT;
    }

    @Override
    public double start(double[] u) {
        double worst = 0;
        for (int i = 0; i < u.length; i++) {
            worst = Math.max(worst, (elapsed[i] + steps[i] / u[i]) / fair[i]);
        }
        return ABOVE * worst;
    }

    @Override
    public List<Double> traits(int job) {
        return List.of(elapsed[job], steps[job], fair[job]);
    }

    @Override
    public int direction() {
        return 1;
    }
}
