package trainyard.scheduler.hetero;

/** The sum of all speeds as large as possible, in steps per second, however unlike the steps of two jobs are. */
public final class MaxSumThroughput implements SharePolicy {

    @Override
    public double[][] shares(ShareDemand demand) {
        double largest = 0;
        for (double[] speeds : demand.speeds()) {
            for (double speed : speeds) {
                largest = Math.max(largest, speed);
            }
        }
        double[][] rates = new double[demand.jobs()][demand.types()];
        for (int i = 0; i < rates.length; i++) {
            for (int j = 0; j < rates[i].length; j++) {
                rates[i][j] = demand.speeds()[i][j] / largest;
            }
        }
        return ShareProgram.maximiseSum(rates, demand.gpus(), demand.fleet());
    }
}
