package trainyard.scenario.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import trainyard.faults.trace.TraceException;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/** Lets a suite score every row of the tables that it knows. */
public final class Verification {

    private Verification() {}

    /**
     * @throws VerificationDataException if a row cannot be read, or the suite knows none of the tables
     */
    public static VerificationResult run(Suite suite, Measurements measurements) {
        return run(suite, measurements, rows -> {});
    }

    /** How many rows a suite scores. */
    public static int rows(Suite suite, Measurements measurements) {
        return measurements.bySource().values().stream()
                .filter(table -> suite.accepts(table.header()))
                .mapToInt(table -> table.rows().size())
                .sum();
    }

    /**
     * The same, and tells the number of rows done.
     *
     * @throws VerificationDataException likewise
     */
    public static VerificationResult run(Suite suite, Measurements measurements, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        Runnable row = () -> progress.accept(done.incrementAndGet());
        List<SourceScore> sources = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        measurements.bySource().forEach((source, table) -> {
            if (suite.accepts(table.header())) {
                sources.add(score(suite, source, table, row));
            } else {
                ignored.add(source + ".csv: not a table of the suite " + suite.name());
            }
        });
        if (sources.isEmpty()) {
            throw new VerificationDataException("no file has the columns of the suite " + suite.name() + "; read "
                    + String.join(", ", measurements.bySource().keySet()));
        }
        return new VerificationResult(suite.name(), sources, ignored);
    }

    private static Map<String, Double> inputs(Suite suite, CsvRow row) {
        Map<String, Double> inputs = new LinkedHashMap<>();
        for (RowInput input : suite.inputs()) {
            input.of(row).ifPresent(value -> inputs.put(input.column(), value));
        }
        return inputs;
    }

    private static List<RowScore> score(Suite suite, CsvRow row, Runnable done) {
        List<RowScore> scores = suite.score(row);
        done.run();
        return scores;
    }

    private static SourceScore score(Suite suite, String source, CsvTable table, Runnable done) {
        try {
            List<RowScore> scores = new ArrayList<>();
            for (CsvRow row : table.rows()) {
                Map<String, Double> inputs = inputs(suite, row);
                score(suite, row, done).forEach(score -> scores.add(score.with(inputs)));
            }
            scores.addAll(suite.overall(table.header(), List.copyOf(scores)));
            return new SourceScore(source, scores);
        } catch (CsvException | TraceException e) {
            throw new VerificationDataException(e.getMessage(), e);
        }
    }
}
