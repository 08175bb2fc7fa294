package trainyard.training.recording;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * Runs of one design on a real machine, one after the other, as a table: a row for the start of a run, which is update 0, and one
 * for each gradient. The columns {@code core_speed} and {@code ring_speed} may be left out or blank.
 *
 * @param runs at least one; all by the same rule, with as many workers and the same batch
 */
public record Recording(List<RecordedRun> runs) {

    private static final String CORE_SPEED = "core_speed";
    private static final String RING_SPEED = "ring_speed";
    private static final List<String> SPEEDS = List.of(CORE_SPEED, RING_SPEED);

    private static final List<String> COLUMNS = List.of(
            "rule",
            "workers",
            "batch",
            "update_bytes",
            "machine",
            "update",
            "worker",
            "seconds",
            "staleness",
            "compute_seconds",
            CORE_SPEED,
            RING_SPEED,
            "loss");

    private static final int MOST_WORKERS = 4096;
    private static final int MOST_EXAMPLES = 1_000_000;

    /** Stands for a loss that is no number. */
    private static final String DIVERGED = "diverged";

    public Recording {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a recording without runs");
        }
    }

    /**
     * Reads a recording.
     *
     * @throws CsvException if it is no table of runs; the message names file and line
     */
    public static Recording read(Path file) {
        String[] required =
                COLUMNS.stream().filter(column -> !SPEEDS.contains(column)).toArray(String[]::new);
        List<CsvRow> rows = CsvTable.read(file).require(required).rows();
        List<RecordedRun> runs = new ArrayList<>();
        for (int from = 0; from < rows.size(); ) {
            int to = from + 1;
            while (to < rows.size() && rows.get(to).integer("update", 0, Integer.MAX_VALUE) > 0) {
                to++;
            }
            runs.add(run(file, rows.subList(from, to)));
            requireSame(runs, rows.get(from));
            from = to;
        }
        if (runs.isEmpty()) {
            throw withoutGradients(file);
        }
        return new Recording(runs);
    }

    private static RecordedGradient start(OptionalDouble loss) {
        return new RecordedGradient(0, 0, 0, 0, 0, Optional.empty(), loss);
    }

    private static CsvException withoutGradients(Path file) {
        return new CsvException(file + ":1: a recording has a row for the start of a run and one for each gradient");
    }

    private static RecordedRun run(Path file, List<CsvRow> rows) {
        CsvRow first = rows.get(0);
        int workers = first.integer("workers", 1, MOST_WORKERS);
        List<RecordedGradient> gradients = new ArrayList<>();
        RecordedGradient last = start(OptionalDouble.empty());
        for (CsvRow row : rows.subList(1, rows.size())) {
            last = gradient(row, workers, last);
            gradients.add(last);
        }
        if (gradients.isEmpty()) {
            throw withoutGradients(file);
        }
        return new RecordedRun(
                first.requiredText("rule"),
                workers,
                first.integer("batch", 1, MOST_EXAMPLES),
                first.notNegative("update_bytes"),
                first.text("machine"),
                first.number("loss"),
                gradients);
    }

    /** Updates follow one another in time, and a gradient cannot be older than the run. */
    private static RecordedGradient gradient(CsvRow row, int workers, RecordedGradient last) {
        int update = row.integer("update", 1, Integer.MAX_VALUE);
        if (update != last.update() && update != last.update() + 1) {
            throw row.problem("update", "must be " + last.update() + " or the next, got " + update);
        }
        double seconds = row.positive("seconds");
        if (seconds < last.seconds()) {
            throw row.problem("seconds", "is before that of the row above, got " + row.text("seconds"));
        }
        return new RecordedGradient(
                update,
                row.integer("worker", 0, workers - 1),
                seconds,
                row.integer("staleness", 0, update - 1),
                row.notNegative("compute_seconds"),
                core(row),
                row.text("loss").equals(DIVERGED) ? OptionalDouble.of(Double.NaN) : row.optionalNumber("loss"));
    }

    private static Optional<RecordedGradient.Core> core(CsvRow row) {
        return SPEEDS.stream().allMatch(row::isBlank)
                ? Optional.empty()
                : Optional.of(new RecordedGradient.Core(row.positive(CORE_SPEED), row.positive(RING_SPEED)));
    }

    private static void requireSame(List<RecordedRun> runs, CsvRow start) {
        RecordedRun first = runs.get(0);
        RecordedRun last = runs.get(runs.size() - 1);
        if (!last.rule().equals(first.rule())) {
            throw start.problem("rule", "must be that of the first run, " + first.rule() + ", got " + last.rule());
        }
        if (last.workers() != first.workers()) {
            throw start.problem("workers", "must be those of the first run, got " + last.workers());
        }
        if (last.batch() != first.batch()) {
            throw start.problem("batch", "must be that of the first run, got " + last.batch());
        }
    }

    /** The table that {@link #read} reads. */
    public String csv() {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(COLUMNS);
            for (RecordedRun run : runs) {
                OptionalDouble start = OptionalDouble.of(run.startLoss());
                writer.writeRecord(cells(run, start(start)));
                run.gradients().forEach(gradient -> writer.writeRecord(cells(run, gradient)));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static List<String> cells(RecordedRun run, RecordedGradient gradient) {
        return List.of(
                run.rule(),
                Integer.toString(run.workers()),
                Integer.toString(run.batch()),
                String.format(Locale.ROOT, "%.0f", run.updateBytes()),
                run.machine(),
                Long.toString(gradient.update()),
                Integer.toString(gradient.worker()),
                String.format(Locale.ROOT, "%.7f", gradient.seconds()),
                Long.toString(gradient.staleness()),
                String.format(Locale.ROOT, "%.7f", gradient.computeSeconds()),
                speed(gradient, RecordedGradient.Core::computing),
                speed(gradient, RecordedGradient.Core::ring),
                gradient.loss().isPresent() ? cell(gradient.loss().getAsDouble()) : "");
    }

    private static String speed(RecordedGradient gradient, ToDoubleFunction<RecordedGradient.Core> which) {
        return gradient.core()
                .map(core -> String.format(Locale.ROOT, "%.4g", which.applyAsDouble(core)))
                .orElse("");
    }

    private static String cell(double loss) {
        return Double.isFinite(loss) ? String.format(Locale.ROOT, "%.6f", loss) : DIVERGED;
    }
}
