package trainyard.scenario.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
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
            List<String> files = measurements.bySource().values().stream()
                    .map(CsvTable::file)
                    .toList();
            throw new VerificationDataException(files.get(0) + ":1: no file has the columns of the suite "
                    + suite.name() + "; read " + String.join(", ", files));
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

    /** What became of a row; a row that cannot be read is told of in the order of the rows, whichever came first. */
    private record Scored(List<RowScore> scores, Optional<RuntimeException> problem) {

        static Scored of(Suite suite, CsvRow row, Runnable done) {
            try {
                Map<String, Double> inputs = inputs(suite, row);
                List<RowScore> scores = suite.score(row).stream()
                        .map(score -> score.with(inputs))
                        .toList();
                done.run();
                return new Scored(scores, Optional.empty());
            } catch (CsvException | TraceException | VerificationDataException e) {
                return new Scored(List.of(), Optional.of(e));
            } catch (RuntimeException wrong) {
                // Numbers of a stranger's table lead where no check foresaw; the row says where to look.
                CsvException told = row.problem("cannot be scored: " + wrong);
                told.initCause(wrong);
                return new Scored(List.of(), Optional.of(told));
            }
        }

        List<RowScore> orProblem() {
            if (problem.isPresent()) {
                throw problem.get();
            }
            return scores;
        }
    }

    private static SourceScore score(Suite suite, String source, CsvTable table, Runnable done) {
        try {
            Stream<CsvRow> rows = table.rows().stream();
            List<Scored> scored = (suite.scoresInParallel() ? rows.parallel() : rows)
                    .map(row -> Scored.of(suite, row, done))
                    .toList();
            List<RowScore> scores = new ArrayList<>();
            scored.forEach(row -> scores.addAll(row.orProblem()));
            scores.addAll(suite.overall(table.header(), List.copyOf(scores)));
            return new SourceScore(source, scores);
        } catch (CsvException | TraceException e) {
            throw new VerificationDataException(e.getMessage(), e);
        }
    }
}
