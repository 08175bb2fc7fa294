package trainyard.scenario.verify;

import java.util.List;
import trainyard.sim.csv.CsvRow;

/** Scores rows of one kind of table. A suite keeps no state between rows, so their order does not matter. */
public interface Suite {

    /** The word after {@code verify} on the command line. */
    String name();

    /** Folder of the rows shipped with the product for it; several suites share one. */
    default String shippedFolder() {
        return "training";
    }

    /** The kinds of table that the suite scores, each by the columns that it must have. */
    default List<List<String>> kinds() {
        return List.of();
    }

    /** Whether a table with these columns is one that the suite scores. */
    default boolean accepts(List<String> header) {
        return kinds().stream().anyMatch(header::containsAll);
    }

    /**
     * Predicts the figures of one row and compares; most rows state one.
     *
     * @throws trainyard.sim.csv.CsvException if a cell cannot be read; the message names file, line and column
     */
    List<RowScore> score(CsvRow row);

    /** Whether rows may be scored at the same time; no by default. */
    default boolean scoresInParallel() {
        return false;
    }

    /**
     * Judges all rows of a table together, such as their mean error; nothing by default.
     *
     * @param header columns of the table
     * @param scores of all its rows
     */
    default List<RowScore> overall(List<String> header, List<RowScore> scores) {
        return List.of();
    }

    /** Columns of the tables against which it is worth drawing the errors; a table may lack some. */
    default List<RowInput> inputs() {
        return List.of();
    }

    /**
     * The sources that have rows enough to calibrate the model of each cluster with a few of them and score the others;
     * none where the suite has nothing to calibrate.
     *
     * @throws VerificationDataException if a row cannot be read
     */
    default List<CalibratedScore> calibrated(Measurements measurements) {
        return calibrated(measurements, () -> {});
    }

    /**
     * The same, and tells after each cluster that it is done.
     *
     * @throws VerificationDataException likewise
     */
    default List<CalibratedScore> calibrated(Measurements measurements, Runnable clusterDone) {
        return List.of();
    }

    /** How many clusters {@link #calibrated} would calibrate the model of. */
    default int clustersToCalibrate(Measurements measurements) {
        return 0;
    }
}
