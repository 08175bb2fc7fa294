package trainyard.scheduler.hetero;

/** Every job gets the same part of each type of GPU, as if each had a cluster of its own. */
public final class EqualShares implements SharePolicy {

    @Override
    public double[][] shares(ShareDemand demand) {
        double[][] shares = new double[demand.jobs()][];
        for (int i = 0; i < demand.jobs(); i++) {
            shares[i] = of(demand.fleet(), demand.jobs(), demand.gpus()[i]);
        }
        return shares;
    }

    /**
     * The shares of one job among some.
     *
     * @param users among whom the fleet is split
     * @param gpus of the job
     */
    public static double[] of(int[] fleet, int users, int gpus) {
        double[] shares = new double[fleet.length];
        double sum = 0;
        for (int j = 0; j < fleet.length; j++) {
            shares[j] = (double) fleet[j] / users / gpus;
            sum += shares[j];
        }
        double whole = Math.max(sum, 1);
        for (int j = 0; j < fleet.length; j++) {
            shares[j] /= whole;
        }
        return shares;
    }

    /** Speed of each job at its equal share. */
    static double[] speeds(ShareDemand demand) {
        double[] speeds = new double[demand.jobs()];
        for (int i = 0; i < demand.jobs(); i++) {
            double[] shares = of(demand.fleet(), demand.jobs(), demand.gpus()[i]);
            for (int j = 0; j < shares.length; j++) {
                speeds[i] += demand.speeds()[i][j] * shares[j];
            }
        }
        return speeds;
    }
}
