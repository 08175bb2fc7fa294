package trainyard.scheduler.peer.pollux;

import java.util.Map;
import java.util.TreeMap;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/** What was measured of training one model: step times, and gradients epoch by epoch at some batch sizes. */
final class Application {

    /** What a training run with one batch size showed, by epoch. */
    private record Run(double[] progress, double[] iteration, double[] gradientSquare, double[] gradientVariance) {

        static Run of(CsvTable table) {
            CsvTable checked = table.require("progress", "iteration", "grad_sqr", "grad_var");
            return new Run(
                    column(checked, "progress"),
                    column(checked, "iteration"),
                    column(checked, "grad_sqr"),
                    column(checked, "grad_var"));
        }

        private static double[] column(CsvTable table, String name) {
            return table.rows().stream()
                    .mapToDouble((CsvRow row) -> row.notNegative(name))
                    .toArray();
        }
    }

    /**
     * Mean square and variance of gradients.
     *
     * @param square of the mean gradient
     * @param variance at the initial batch size
     */
    record Gradient(double square, double variance) {

        /** How much more a step teaches with a batch that is larger by a factor. */
        double gain(double scale) {
            return (variance + square) / (variance / scale + square);
        }
    }

    private final String name;
    private final StepTimes times;
    private final TreeMap<Integer, Run> runs = new TreeMap<>();
    private final int leastLocalBatch;
    private final int mostLocalBatch;
    private final int epochs;

    /**
     * @param runs tables by batch size
     * @param leastLocalBatch smallest batch on one GPU
     * @param mostLocalBatch largest batch on one GPU
     */
    Application(String name, StepTimes times, Map<Integer, CsvTable> runs, int leastLocalBatch, int mostLocalBatch) {
        this.name = name;
        this.times = times;
        runs.forEach((batch, table) -> this.runs.put(batch, Run.of(table)));
        this.leastLocalBatch = leastLocalBatch;
        this.mostLocalBatch = mostLocalBatch;
        this.epochs = this.runs.values().stream()
                .mapToInt(run -> run.progress().length)
                .min()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no training run"));
    }

    String name() {
        return name;
    }

    StepTimes times() {
        return times;
    }

    int initialBatch() {
        return runs.firstKey();
    }

    int mostBatch() {
        return runs.lastKey();
    }

    int leastLocalBatch() {
        return leastLocalBatch;
    }

    int mostLocalBatch() {
        return mostLocalBatch;
    }

    int epochs() {
        return epochs;
    }

    /** Progress at which an epoch begins, in steps of the initial batch size. */
    double progressAt(int epoch) {
        return epoch == 0
                ? 0
                : runs.values().stream()
                        .mapToDouble(run -> run.progress()[epoch - 1])
                        .min()
                        .orElse(0);
    }

    /** Iterations behind the end of an epoch. */
    double iterations(int batch, int epoch) {
        return between(
                batch,
                runs.floorEntry(batch).getValue().iteration()[epoch],
                runs.ceilingEntry(batch).getValue().iteration()[epoch]);
    }

    Gradient gradient(int batch, int epoch) {
        Run below = runs.floorEntry(batch).getValue();
        Run above = runs.ceilingEntry(batch).getValue();
        return new Gradient(
                between(batch, below.gradientSquare()[epoch], above.gradientSquare()[epoch]),
                between(batch, below.gradientVariance()[epoch], above.gradientVariance()[epoch]));
    }

    private double between(int batch, double below, double above) {
        int low = runs.floorKey(batch);
        int high = runs.ceilingKey(batch);
        return low == high ? below : ((batch - low) * above + (high - batch) * below) / (high - low);
    }
}
