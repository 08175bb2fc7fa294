package trainyard.scenario.verify;

import java.util.List;
import java.util.OptionalDouble;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvRow;

/**
 * A numeric column that describes what was measured, against which errors can be drawn.
 *
 * @param column its name in the table
 * @param label in words
 * @param unit unit of its cells; empty for a pure number
 */
public record RowInput(String column, String label, String unit) {

    /** What describes a training run. */
    public static final List<RowInput> TRAINING = List.of(
            new RowInput("gpus", "GPUs", ""),
            new RowInput("params_b", "Model parameters", "billions"),
            new RowInput("layers", "Layers", ""),
            new RowInput("hidden", "Hidden size", ""),
            new RowInput("seq", "Sequence length", "tokens"),
            new RowInput("mbs", "Micro-batch", "sequences"),
            new RowInput("gbs", "Global batch", "sequences"),
            new RowInput("tp", "Tensor-parallel degree", ""),
            new RowInput("pp", "Pipeline stages", ""),
            new RowInput("vpp", "Chunks per stage", ""),
            new RowInput("dp", "Data-parallel degree", ""),
            new RowInput("cp", "Context-parallel degree", ""),
            new RowInput("ep", "Expert-parallel degree", ""));

    /** The value in a row; empty where the cell is blank or words. */
    OptionalDouble of(CsvRow row) {
        try {
            return row.optionalNumber(column);
        } catch (CsvException words) {
            return OptionalDouble.empty();
        }
    }
}
