package trainyard.scenario.verify.training;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import trainyard.parallel.step.EventStepModel;
import trainyard.parallel.step.StepModel;
import trainyard.parallel.step.cost.StepCost;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.VerificationResult;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.collective.NcclOptions;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.hardware.HardwareCatalog;

/**
 * For work on the step model: one line per row that can be scored, with the terms of its step, then one line per source.
 * Arguments: a folder of tables, then words of which a file name must contain one.
 */
final class TrainingErrors {

    private TrainingErrors() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        HardwareCatalog catalog = HardwareCatalog.load();
        NcclOptions options = NcclOptions.automatic();
        StepModel model = new EventStepModel(cluster -> NcclModel.on(cluster, catalog, options));
        TrainingRowReader reader = new TrainingRowReader(catalog);
        List<String> words = List.of(args).subList(1, args.length);
        Measurements all = Measurements.of(Path.of(args[0]));
        all.bySource().forEach((source, table) -> {
            boolean wanted = words.isEmpty() || words.stream().anyMatch(source::contains);
            if (wanted && table.header().containsAll(TrainingRowReader.COLUMNS)) {
                rows(table, reader, model, out);
                Measurements one = new Measurements(Map.of(source, table));
                summary(Verification.run(new TrainingSuite(catalog, model), one), out);
            }
        });
    }

    private static void rows(CsvTable table, TrainingRowReader reader, StepModel model, PrintStream out) {
        table.rows().forEach(row -> {
            if (reader.read(row) instanceof TrainingRow.Scorable scorable) {
                out.println(line(scorable, model));
            }
        });
    }

    private static String line(TrainingRow.Scorable row, StepModel model) {
        PublishedFigure published = row.published();
        StepCost cost = model.cost(row.job());
        double predicted = published.predicted(cost);
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%-24s %-3.3s %-14.14s published %9.4g predicted %9.4g error %+6.1f %%",
                row.id(),
                row.gate(),
                published.quantity().label(),
                published.value(),
                predicted,
                100 * (predicted - published.value()) / published.value()));
        cost.terms().forEach(term -> line.append(String.format(Locale.ROOT, "  %s %.4g", term.name(), term.seconds())));
        return line.toString();
    }

    private static void summary(VerificationResult result, PrintStream out) {
        for (SourceScore source : result.sources()) {
            out.printf(
                    Locale.ROOT,
                    "%s n %d compared %d gated %d MAPE %.1f %% median %.1f %% max %.1f %% bias %+.1f %%%n",
                    source.source(),
                    source.rows().size(),
                    source.compared(),
                    source.gated(),
                    source.meanAbsolutePercent().orElse(Double.NaN),
                    source.medianPercent().orElse(Double.NaN),
                    source.maxPercent().orElse(Double.NaN),
                    source.biasPercent().orElse(Double.NaN));
        }
    }
}
