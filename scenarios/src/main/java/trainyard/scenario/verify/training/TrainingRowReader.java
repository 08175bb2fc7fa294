package trainyard.scenario.verify.training;

import java.util.List;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.model.Model;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Reads rows of published training runs. Any file is such a table whose header holds {@link #COLUMNS}. */
public final class TrainingRowReader {

    /** Columns that tell a table of training runs from every other table. */
    public static final List<String> COLUMNS = List.of(
            "id",
            "model",
            "family",
            "layers",
            "hidden",
            "heads",
            "seq",
            "gpu",
            "gpus",
            "precision",
            "tp",
            "pp",
            "dp",
            "mbs",
            "gbs",
            "iter_time_s",
            "tflops_per_gpu",
            "gate");

    private final RowCluster clusters;

    /**
     * @param catalog hardware by name
     */
    public TrainingRowReader(HardwareCatalog catalog) {
        this.clusters = new RowCluster(catalog);
    }

    /** What a row describes; a cell that cannot be read makes it skipped, with file, line and column named. */
    public TrainingRow read(CsvRow row) {
        RowCells cells = new RowCells(row);
        String id = cells.text("id");
        String gate = cells.text("gate");
        try {
            PackedRows.refuse(cells);
            PublishedFigure published = PublishedFigure.of(cells);
            return job(cells, id, gate, published);
        } catch (RowSkipped | CsvException reason) {
            return new TrainingRow.Skipped(id, gate, reason.getMessage());
        }
    }

    private TrainingRow job(RowCells cells, String id, String gate, PublishedFigure published) {
        try {
            return new TrainingRow.Scorable(id, gate, job(cells), published);
        } catch (IllegalArgumentException refused) {
            return new TrainingRow.Rejected(id, gate, published, refused.getMessage());
        }
    }

    /**
     * The run that a row describes, whatever figures it states.
     *
     * @throws trainyard.scenario.verify.RowSkipped if an input is not stated or not built
     * @throws IllegalArgumentException if the simulator refuses the run
     */
    public TrainingJob job(CsvRow row) {
        RowCells cells = new RowCells(row);
        PackedRows.refuse(cells);
        return job(cells);
    }

    private TrainingJob job(RowCells cells) {
        PrecisionRecipe precision = RowPrecision.of(cells);
        int replicas = RowPlan.replicas(cells);
        Model model = RowAdapters.on(RowModel.of(cells, cells.count("tp")), cells);
        ParallelPlan plan = RowPlan.of(cells, replicas, model);
        Batch batch = RowBatch.of(cells, replicas, plan.pipeline() * plan.virtualStages());
        ClusterSpec cluster = clusters.of(cells, plan.gpus());
        return new TrainingJob(
                model, batch, precision, plan, cluster, RowSoftware.of(cells).at(precision));
    }
}
