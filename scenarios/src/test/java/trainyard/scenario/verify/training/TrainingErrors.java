package trainyard.scenario.verify.training;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import trainyard.parallel.step.EventStepModel;
import trainyard.parallel.step.StepCost;
import trainyard.parallel.step.StepModel;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.hardware.HardwareCatalog;

/**
 * Prints one line per row that can be scored: id, gate, published and predicted value, error, and where the time went.
 * Arguments: a directory of tables, then words that a file name must contain one of.
 */
final class TrainingErrors {

    private final TrainingRowReader reader = new TrainingRowReader(HardwareCatalog.load());
    private final StepModel model;
    private final PrintStream out;

    private TrainingErrors(StepModel model, PrintStream out) {
        this.model = model;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        TrainingErrors errors = new TrainingErrors(new EventStepModel(NcclModel::on), out);
        List<String> words = List.of(args).subList(1, args.length);
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".csv") && (words.isEmpty() || words.stream().anyMatch(name::contains))) {
                    errors.print(name, CsvTable.read(file));
                }
            }
        }
    }

    private void print(String name, CsvTable table) {
        if (!TrainingRowReader.reads(table)) {
            return;
        }
        List<Double> gated = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        for (CsvRow row : table.rows()) {
            TrainingRow read = reader.read(row);
            if (read instanceof TrainingRow.Scorable scorable) {
                (read.gated() ? gated : others).add(line(scorable));
            } else if (read instanceof TrainingRow.Rejected rejected) {
                out.println(rejected.id() + " rejected: " + rejected.reason());
                (read.gated() ? gated : others).add(100.0);
            }
        }
        out.println(name + " gated " + summary(gated) + "; others " + summary(others));
    }

    private double line(TrainingRow.Scorable row) {
        try {
            StepCost cost = model.cost(row.job());
            double predicted = row.published().predicted(cost);
            double error = row.published().errorPercent(predicted);
            StringBuilder terms = new StringBuilder();
            cost.terms().forEach(t -> terms.append(String.format(Locale.ROOT, "  %s %.4g", t.name(), t.seconds())));
            out.printf(
                    Locale.ROOT,
                    "%-24s %-5s %-12s published %9.4g predicted %9.4g error %+6.1f %%%s%n",
                    row.id(),
                    row.gated() ? "gated" : "-",
                    row.published().quantity(),
                    row.published().value(),
                    predicted,
                    error,
                    terms);
            return error;
        } catch (IllegalArgumentException refused) {
            out.println(row.id() + " rejected: " + refused.getMessage());
            return 100;
        }
    }

    private static String summary(List<Double> errors) {
        double absolute = errors.stream().mapToDouble(Math::abs).average().orElse(0);
        double bias = errors.stream().mapToDouble(e -> e).average().orElse(0);
        double most = errors.stream().mapToDouble(Math::abs).max().orElse(0);
        return String.format(
                Locale.ROOT, "n %d MAPE %.1f %% bias %+.1f %% max %.1f %%", errors.size(), absolute, bias, most);
    }
}
