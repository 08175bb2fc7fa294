package trainyard.scenario.verify.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.verify.CalibratedScore;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hash.Sha256;

/**
 * Scores a source after calibration. Its rows are grouped by cluster: GPU, fabric and GPUs per node. Of each group the
 * gated rows with the least SHA-256 of their identifiers calibrate the model, at most {@link #MOST_ROWS} and at most a
 * third of the group; the others are scored. The choice thus depends on the identifiers alone.
 */
final class CalibratedTraining {

    /** Gated rows that a source needs. */
    static final int LEAST_GATED = 24;

    /** Rows that may calibrate one cluster. */
    static final int MOST_ROWS = 8;

    private static final int LEAST_SHARE = 3;

    private final HardwareCatalog catalog;
    private final TrainingRowReader reader;
    private final TrainingSuite plain;

    CalibratedTraining(HardwareCatalog catalog) {
        this.catalog = catalog;
        this.reader = new TrainingRowReader(catalog);
        this.plain = TrainingSuite.of(catalog);
    }

    /** How many clusters a source has that are calibrated: none where it has too few rows. */
    int clustersOf(CsvTable table) {
        return enough(table).map(Map::size).orElse(0);
    }

    /**
     * The source after calibration; empty where it has too few gated rows that can be predicted.
     *
     * @param clusterDone is called after each cluster
     */
    Optional<CalibratedScore> score(String source, CsvTable table, Runnable clusterDone) {
        return enough(table).map(clusters -> score(source, clusters, clusterDone));
    }

    private Optional<Map<String, List<TrainingRow.Scorable>>> enough(CsvTable table) {
        return Optional.of(clusters(table))
                .filter(clusters ->
                        clusters.values().stream().mapToInt(List::size).sum() >= LEAST_GATED);
    }

    private CalibratedScore score(
            String source, Map<String, List<TrainingRow.Scorable>> clusters, Runnable clusterDone) {
        List<RowScore> scores = new ArrayList<>();
        List<CalibratedScore.Cluster> calibrations = new ArrayList<>();
        clusters.forEach((name, rows) -> {
            List<TrainingRow.Scorable> chosen = chosen(rows);
            ClusterCalibration calibration = CalibrationFit.of(catalog, chosen);
            TrainingSuite suite = new TrainingSuite(catalog, calibration.model(catalog));
            rows.stream().filter(row -> !chosen.contains(row)).map(suite::score).forEach(scores::add);
            calibrations.add(new CalibratedScore.Cluster(
                    name, chosen.stream().map(TrainingRow.Scorable::id).toList(), calibration.factors()));
            clusterDone.run();
        });
        return new CalibratedScore(new SourceScore(source, scores), calibrations);
    }

    private Map<String, List<TrainingRow.Scorable>> clusters(CsvTable table) {
        Map<String, List<TrainingRow.Scorable>> clusters = new LinkedHashMap<>();
        for (CsvRow row : table.rows()) {
            if (reader.read(row) instanceof TrainingRow.Scorable scorable && RowScore.isGated(scorable.gate())) {
                clusters.computeIfAbsent(cluster(row), key -> new ArrayList<>()).add(scorable);
            }
        }
        return clusters;
    }

    private static String cluster(CsvRow row) {
        return row.text("gpu") + ", " + row.text("fabric") + ", " + row.text("gpus_per_node") + " GPUs a node";
    }

    private List<TrainingRow.Scorable> chosen(List<TrainingRow.Scorable> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> Sha256.of(row.id())))
                .filter(this::isPredicted)
                .limit(Math.min(MOST_ROWS, rows.size() / LEAST_SHARE))
                .toList();
    }

    /** A row that the model refuses teaches nothing; it is scored as refused. */
    private boolean isPredicted(TrainingRow.Scorable row) {
        return plain.score(row).predicted().isPresent();
    }
}
