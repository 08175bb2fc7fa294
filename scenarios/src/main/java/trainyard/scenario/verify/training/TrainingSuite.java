package trainyard.scenario.verify.training;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.step.EventStepModel;
import trainyard.parallel.step.StepModel;
import trainyard.scenario.verify.CalibratedScore;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowInput;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.Suite;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.collective.NcclOptions;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.hardware.HardwareCatalog;

/** Scores measured training steps: the step time where it is stated, else FLOP/s, else utilisation, else tokens per second. */
public final class TrainingSuite implements Suite {

    private final HardwareCatalog catalog;
    private final TrainingRowReader reader;
    private final StepModel model;

    /**
     * @param catalog hardware of the rows
     * @param model what predicts them
     */
    public TrainingSuite(HardwareCatalog catalog, StepModel model) {
        this.catalog = catalog;
        this.reader = new TrainingRowReader(catalog);
        this.model = model;
    }

    /** The event step model with NCCL's choice of algorithms. */
    public static TrainingSuite of(HardwareCatalog catalog) {
        NcclOptions options = NcclOptions.automatic();
        return new TrainingSuite(catalog, new EventStepModel(cluster -> NcclModel.on(cluster, catalog, options)));
    }

    @Override
    public String name() {
        return "training";
    }

    @Override
    public List<List<String>> kinds() {
        return List.of(TrainingRowReader.COLUMNS);
    }

    @Override
    public List<RowInput> inputs() {
        return RowInput.TRAINING;
    }

    @Override
    public List<RowScore> score(CsvRow row) {
        return List.of(scoreOf(row));
    }

    @Override
    public List<CalibratedScore> calibrated(Measurements measurements, Runnable clusterDone) {
        CalibratedTraining calibration = new CalibratedTraining(catalog);
        List<CalibratedScore> scores = new ArrayList<>();
        measurements.bySource().forEach((source, table) -> {
            if (accepts(table.header())) {
                calibration.score(source, table, clusterDone).ifPresent(scores::add);
            }
        });
        return scores;
    }

    @Override
    public int clustersToCalibrate(Measurements measurements) {
        CalibratedTraining calibration = new CalibratedTraining(catalog);
        return measurements.bySource().values().stream()
                .filter(table -> accepts(table.header()))
                .mapToInt(calibration::clustersOf)
                .sum();
    }

    private RowScore scoreOf(CsvRow row) {
        TrainingRow read = reader.read(row);
        if (read instanceof TrainingRow.Scorable scorable) {
            return score(scorable);
        }
        if (read instanceof TrainingRow.Rejected rejected) {
            return refused(rejected.id(), rejected.published(), rejected.gate(), rejected.reason());
        }
        return RowScore.skipped(read.id(), read.gate(), ((TrainingRow.Skipped) read).reason());
    }

    /** Predicts a row that has been read and compares. */
    RowScore score(TrainingRow.Scorable row) {
        PublishedFigure published = row.published();
        try {
            double predicted = published.predicted(model.cost(row.job()));
            return RowScore.scored(
                            row.id(),
                            published.quantity().label(),
                            predicted,
                            published.value(),
                            published.quantity().unit(),
                            row.gate())
                    .assuming("software profile " + row.job().software().name());
        } catch (IllegalArgumentException refusal) {
            return refused(row.id(), published, row.gate(), refusal.getMessage());
        }
    }

    private static RowScore refused(String id, PublishedFigure published, String gate, String reason) {
        return RowScore.refused(
                id,
                published.quantity().label(),
                published.value(),
                published.quantity().unit(),
                gate,
                reason);
    }
}
