package trainyard.training.recording;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;
import trainyard.training.rule.Ledger;
import trainyard.training.run.LossCurve;
import trainyard.training.run.LossPoint;
import trainyard.training.run.TrainingOutcome;
import trainyard.training.run.TrainingOutcome.Divergence;
import trainyard.training.run.WorkerUse;

/**
 * A run of a real machine.
 *
 * @param rule word of its update rule
 * @param workers processes that computed gradients
 * @param batch examples of a gradient
 * @param updateBytes bytes that all of them sent for an update
 * @param machine where and under which load, for people
 * @param startLoss loss before the first update
 * @param gradients in the order of their updates
 */
public record RecordedRun(
        String rule,
        int workers,
        int batch,
        double updateBytes,
        String machine,
        double startLoss,
        List<RecordedGradient> gradients) {

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
            "loss");

    private static final int MOST_WORKERS = 4096;
    private static final int MOST_EXAMPLES = 1_000_000;

    /** Stands for a loss that is no number. */
    private static final String DIVERGED = "diverged";

    public RecordedRun {
        gradients = List.copyOf(gradients);
        if (gradients.isEmpty()) {
            throw new IllegalArgumentException("a run without gradients");
        }
    }

    /**
     * Reads a recording.
     *
     * @throws CsvException if it is no table of a run; the message names file and line
     */
    public static RecordedRun read(Path file) {
        CsvTable table = CsvTable.read(file).require(COLUMNS.toArray(String[]::new));
        if (table.rows().size() < 2) {
            throw new CsvException(file + ":1: a recording has a row for the start and one for each gradient");
        }
        CsvRow first = table.rows().get(0);
        int workers = first.integer("workers", 1, MOST_WORKERS);
        List<RecordedGradient> gradients = new ArrayList<>();
        RecordedGradient last = new RecordedGradient(0, 0, 0, 0, 0, OptionalDouble.empty());
        for (CsvRow row : table.rows().subList(1, table.rows().size())) {
            last = gradient(row, workers, last);
            gradients.add(last);
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
                row.text("loss").equals(DIVERGED) ? OptionalDouble.of(Double.NaN) : row.optionalNumber("loss"));
    }

    /** The table that {@link #read} reads. */
    public String csv() {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(COLUMNS);
            writer.writeRecord(cells(new RecordedGradient(0, 0, 0, 0, 0, OptionalDouble.of(startLoss))));
            gradients.forEach(gradient -> writer.writeRecord(cells(gradient)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private List<String> cells(RecordedGradient gradient) {
        return List.of(
                rule,
                Integer.toString(workers),
                Integer.toString(batch),
                String.format(Locale.ROOT, "%.0f", updateBytes),
                machine,
                Long.toString(gradient.update()),
                Integer.toString(gradient.worker()),
                String.format(Locale.ROOT, "%.7f", gradient.seconds()),
                Long.toString(gradient.staleness()),
                String.format(Locale.ROOT, "%.7f", gradient.computeSeconds()),
                gradient.loss().isPresent() ? cell(gradient.loss().getAsDouble()) : "");
    }

    private static String cell(double loss) {
        return Double.isFinite(loss) ? String.format(Locale.ROOT, "%.6f", loss) : DIVERGED;
    }

    /** When each update was done, in seconds. */
    public double[] updateSeconds() {
        Map<Long, Double> seconds = new LinkedHashMap<>();
        gradients.forEach(gradient -> seconds.put(gradient.update(), gradient.seconds()));
        return seconds.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The run told like a simulated one, with losses up to the first that is no number; it has no parameters. */
    public TrainingOutcome outcome() {
        RecordedGradient last = gradients.get(gradients.size() - 1);
        Ledger ledger = Ledger.recorded(workers, last.update());
        List<LossPoint> points = new ArrayList<>(List.of(new LossPoint(0, 0, 0, 0, startLoss)));
        Optional<Divergence> divergence = divergence();
        double[] computing = new double[workers];
        for (RecordedGradient gradient : gradients) {
            ledger.record(gradient.worker(), batch, gradient.staleness());
            computing[gradient.worker()] += gradient.computeSeconds();
            boolean isShown = gradient.loss().isPresent()
                    && divergence.map(at -> gradient.update() < at.update()).orElse(true);
            if (isShown) {
                points.add(point(gradient, ledger.examples()));
            }
        }
        List<WorkerUse> uses = new ArrayList<>();
        for (double seconds : computing) {
            uses.add(new WorkerUse(seconds, 0, Math.max(0, last.seconds() - seconds), 0));
        }
        return new TrainingOutcome(
                new LossCurve(points),
                ledger,
                last.seconds(),
                last.update() * updateBytes,
                last.update() * updateBytes,
                uses,
                List.of(),
                0,
                divergence,
                new double[0]);
    }

    private LossPoint point(RecordedGradient gradient, long examples) {
        return new LossPoint(
                gradient.seconds(),
                gradient.update(),
                examples,
                gradient.update() * updateBytes,
                gradient.loss().orElseThrow());
    }

    private Optional<Divergence> divergence() {
        return gradients.stream()
                .filter(gradient -> gradient.loss().isPresent()
                        && !Double.isFinite(gradient.loss().getAsDouble()))
                .findFirst()
                .map(bad -> new Divergence(bad.update(), bad.seconds(), "the loss is no number"));
    }
}
