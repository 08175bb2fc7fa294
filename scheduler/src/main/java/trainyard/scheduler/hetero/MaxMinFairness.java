package trainyard.scheduler.hetero;

import java.util.Arrays;

/**
 * Max-min fairness: makes the least speed of all jobs as large as possible, each relative to its speed where it had every type
 * in proportion to the fleet, times its GPUs, by its weight (Gavel, section 4.1). Without speeds all types count the same.
 */
public final class MaxMinFairness implements SharePolicy {

    private final boolean bySpeed;

    /**
     * @param bySpeed whether jobs differ in what a type gives them
     */
    public MaxMinFairness(boolean bySpeed) {
        this.bySpeed = bySpeed;
    }

    @Override
    public double[][] shares(ShareDemand demand) {
        double[][] rates = new double[demand.jobs()][demand.types()];
        for (int i = 0; i < demand.jobs(); i++) {
            double[] speeds = demand.speeds()[i];
            if (!bySpeed) {
                speeds = new double[demand.types()];
                Arrays.fill(speeds, 1);
            }
            double fair = inProportion(speeds, demand);
            for (int j = 0; j < demand.types(); j++) {
                rates[i][j] = speeds[j] * demand.gpus()[i] / (demand.weights()[i] * fair);
            }
        }
        return ShareProgram.solve(demand, rates, new LeastRate()).shares();
    }

    private static double inProportion(double[] speeds, ShareDemand demand) {
        double sum = 0;
        for (int j = 0; j < speeds.length; j++) {
            sum += speeds[j] * demand.fleet()[j] / demand.allGpus();
        }
        return sum;
    }
}
