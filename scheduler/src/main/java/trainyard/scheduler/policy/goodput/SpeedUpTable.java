package trainyard.scheduler.policy.goodput;

/** Speed-ups of one job in one search, which asks for the same ones again and again. */
final class SpeedUpTable implements Contender.SpeedUp {

    private final Contender.SpeedUp source;
    private final double[][] byNodes;
    private final int mostGpus;

    /**
     * @param mostGpus that are asked for
     * @param mostNodes that are asked for
     */
    SpeedUpTable(Contender.SpeedUp source, int mostGpus, int mostNodes) {
        this.source = source;
        this.mostGpus = mostGpus;
        byNodes = new double[Math.min(mostGpus, mostNodes) + 1][];
    }

    @Override
    public double of(int gpus, int nodes) {
        double[] row = byNodes[nodes];
        if (row == null) {
            row = new double[mostGpus + 1];
            byNodes[nodes] = row;
        }
        if (row[gpus] == 0) {
            row[gpus] = source.of(gpus, nodes);
        }
        return row[gpus];
    }
}
