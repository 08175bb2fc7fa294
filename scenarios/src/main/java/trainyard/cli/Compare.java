package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.scenario.Scenario;
import trainyard.scenario.planning.Comparison;
import trainyard.scenario.planning.ComparisonReport;
import trainyard.scenario.planning.Design;
import trainyard.scenario.planning.StudyComparison;
import trainyard.scenario.planning.StudyComparisonReport;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.study.Study;
import trainyard.scenario.workload.metric.Metric;

/** Lays designs side by side. */
@Command(
        name = "compare",
        description =
                "Lay scenarios, or the variants of one, side by side: of steps the time, MFU, memory, cost and their terms; of all else"
                        + " each metric with its difference and the 95 %% interval of it under the same random numbers.",
        mixinStandardHelpOptions = true)
final class Compare implements Callable<Integer> {

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ScenarioOptions scenarios;

    @Mixin
    private JobsOption jobs;

    @Mixin
    private ReportOption report;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Two scenarios or more, or one with variants; the first design that can run is the baseline.")
    private List<String> files;

    @Override
    public Integer call() throws IOException {
        List<Scenario> read = new ArrayList<>();
        files.forEach(file -> read.add(scenarios.read(file, trainyard.terminal())));
        if (read.size() == 1) {
            scenarios.refuseOverruled(read.get(0), Study.of(read.get(0), scenarios.quick()));
        }
        if (StudyComparison.suits(read)) {
            return compareStudies(read);
        }
        Comparison comparison = uninterrupted(progress -> Comparison.of(read, jobs.threads(), progress));
        Optional<String> written = report.write(() -> ComparisonReport.of(comparison));
        if (output.json()) {
            trainyard.terminal().out().println(json(comparison).toPrettyString());
        } else {
            print(comparison, written);
        }
        return ExitCode.OK.code();
    }

    /** What is compared; who interrupts it is told that there is nothing. */
    private <T> T uninterrupted(Function<BiConsumer<Integer, Integer>, T> compared) {
        try (Interruption interruption = Interruption.telling(
                        trainyard.terminal().err(), () -> "not all designs were run, and nothing is written");
                Progress progress = new Progress(trainyard.terminal())) {
            return compared.apply(progress::update);
        }
    }

    private int compareStudies(List<Scenario> read) throws IOException {
        StudyComparison comparison =
                uninterrupted(progress -> StudyComparison.of(read, scenarios.quick(), jobs.threads(), progress));
        Optional<String> written = report.write(() -> StudyComparisonReport.of(comparison, scenarios.quick()));
        PrintStream out = trainyard.terminal().out();
        if (output.json()) {
            out.println(StudyComparisonOutput.json(comparison).toPrettyString());
        } else {
            out.println(StudyComparisonReport.sentence(comparison));
            out.println();
            out.print(StudyComparisonOutput.text(comparison));
            comparison.baselineNote().ifPresent(sentence -> out.println(sentence + "."));
            comparison.extrapolations().forEach(sentence -> out.println(sentence + "."));
            StudyComparisonReport.pairing(comparison).ifPresent(sentence -> {
                out.println();
                out.println(sentence + ".");
            });
            written.ifPresent(files -> out.println("Wrote " + files));
        }
        return ExitCode.OK.code();
    }

    private void print(Comparison comparison, Optional<String> written) {
        PrintStream out = trainyard.terminal().out();
        out.println(ComparisonReport.sentence(comparison));
        out.println();
        out.print(metrics(comparison).folded(Set.of()));
        out.println();
        out.print(terms(comparison).folded(Set.of()));
        comparison.baselineNote().ifPresent(sentence -> out.println(sentence + "."));
        comparison.extrapolations().forEach(sentence -> out.println(sentence + "."));
        comparison
                .designs()
                .forEach(design -> design.outcome()
                        .infeasible()
                        .ifPresent(problem -> out.println(design.name() + " cannot run: " + problem.message())));
        written.ifPresent(files -> out.println("Wrote " + files));
    }

    private static Listing metrics(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        for (Metric metric : comparison.metrics()) {
            List<String> row = new ArrayList<>(List.of(metric.words()));
            row.addAll(inOneUnit(metric, comparison));
            rows.add(row);
        }
        return new Listing(columns("", comparison), rows);
    }

    /** A metric of each design in the unit of the first that has one, so that 360 days stand beside 440, not beside 1.2 years. */
    private static List<String> inOneUnit(Metric metric, Comparison comparison) {
        String first = comparison.designs().stream()
                .flatMap(design -> design.outcome().value(metric).stream())
                .findFirst()
                .map(metric::format)
                .orElse("");
        return comparison.designs().stream()
                .map(design -> design.outcome()
                        .value(metric)
                        .map(value -> metric.formatBeside(value, first))
                        .orElse("-"))
                .toList();
    }

    /** Seconds of each term, and for all but the baseline the difference to it. */
    private static Listing terms(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        for (Comparison.TermRow term : comparison.terms()) {
            List<String> row = new ArrayList<>(List.of(term.name()));
            for (int i = 0; i < term.seconds().size(); i++) {
                String change = comparison.change(term, i).map(Compare::signed).orElse("");
                row.add(term.seconds()
                        .get(i)
                        .map(seconds -> String.format(Locale.ROOT, "%.4f", seconds) + change)
                        .orElse("-"));
            }
            rows.add(row);
        }
        return new Listing(columns("terms of the step time, s", comparison), rows);
    }

    /** A difference that rounds to nothing has no sign of its own: {@code -0.0000} would say that something falls. */
    private static String signed(double seconds) {
        String text = String.format(Locale.ROOT, "%+.4f", seconds);
        return " (" + (text.equals("-0.0000") ? "+0.0000" : text) + ")";
    }

    private static List<String> columns(String first, Comparison comparison) {
        List<String> columns = new ArrayList<>(List.of(first));
        comparison.designs().stream().map(Design::name).forEach(columns::add);
        return columns;
    }

    private static ObjectNode json(Comparison comparison) {
        ObjectNode document = Json.object()
                .put("ok", true)
                .put("sentence", ComparisonReport.sentence(comparison))
                .put("baseline", comparison.baseline().name());
        ArrayNode designs = document.putArray("designs");
        List<Comparison.TermRow> terms = comparison.terms();
        for (int i = 0; i < comparison.designs().size(); i++) {
            Design design = comparison.designs().get(i);
            ObjectNode row = designs.addObject().put("name", design.name());
            row.put("feasible", design.outcome().isFeasible());
            design.outcome().infeasible().ifPresent(problem -> row.put("reason", problem.message()));
            ObjectNode metrics = row.putObject("metrics");
            comparison
                    .metrics()
                    .forEach(metric -> design.value(metric).ifPresent(value -> metrics.put(metric.name(), value)));
            ObjectNode seconds = row.putObject("terms_s");
            for (Comparison.TermRow term : terms) {
                term.seconds().get(i).ifPresent(value -> seconds.put(term.name(), value));
            }
        }
        ArrayNode notes = document.putArray("notes");
        comparison.extrapolations().forEach(notes::add);
        return document;
    }
}
