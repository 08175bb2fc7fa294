package trainyard.scenario.verify.memory;

import java.util.ArrayList;
import java.util.List;
import trainyard.scenario.verify.RowInput;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.training.TrainingRowReader;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.hardware.HardwareCatalog;

/** Scores memory figures. Knows tables of such figures and tables of training runs. */
public final class MemorySuite implements Suite {

    private final TrainingRowReader runs;
    private final PublishedMemory figures;

    /**
     * @param catalog hardware of the rows
     */
    public MemorySuite(HardwareCatalog catalog) {
        this.runs = new TrainingRowReader(catalog);
        this.figures = new PublishedMemory(catalog);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<List<String>> kinds() {
        List<String> runs = new ArrayList<>(TrainingRowReader.COLUMNS);
        runs.add("mem_gib");
        return List.of(runs, PublishedMemory.COLUMNS);
    }

    @Override
    public List<RowInput> inputs() {
        return RowInput.TRAINING;
    }

    @Override
    public List<RowScore> score(CsvRow row) {
        try {
            return row.has("mem_gib") ? new MeasuredRun(row, runs.job(row)).scores() : List.of(figures.score(row));
        } catch (RowSkipped | CsvException reason) {
            return List.of(RowScore.skipped(row.text("id"), row.text("gate"), reason.getMessage()));
        } catch (IllegalArgumentException refusal) {
            return List.of(RowScore.skipped(row.text("id"), row.text("gate"), "refused: " + refusal.getMessage()));
        }
    }
}
