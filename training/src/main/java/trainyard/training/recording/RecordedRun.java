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
        List<RecordedGradient> gradients =
                table.rows().stream().skip(1).map(RecordedRun::gradient).toList();
        int workers = (int) first.positive("workers");
        for (RecordedGradient gradient : gradients) {
            if (gradient.worker() < 0 || gradient.worker() >= workers || gradient.staleness() < 0) {
                throw new CsvException(file + ": no gradient of worker " + gradient.worker() + " with staleness "
                        + gradient.staleness() + " in a run of " + workers);
            }
        }
        return new RecordedRun(
                first.requiredText("rule"),
                workers,
                (int) first.positive("batch"),
                first.number("update_bytes"),
                first.text("machine"),
                first.number("loss"),
                gradients);
    }

    private static RecordedGradient gradient(CsvRow row) {
        return new RecordedGradient(
                (long) row.positive("update"),
                (int) row.number("worker"),
                row.positive("seconds"),
                (long) row.number("staleness"),
                row.number("compute_seconds"),
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
        return gradients.stream()
                .mapToDouble(RecordedGradient::seconds)
                .distinct()
                .toArray();
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
