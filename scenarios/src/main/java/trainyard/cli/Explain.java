package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.report.document.Breakdown;
import trainyard.scenario.answer.Answer;
import trainyard.scenario.answer.Explanation;
import trainyard.scenario.answer.Preflight;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.MetricPath;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.StudyRunner;
import trainyard.scenario.workload.metric.Metric;

/** Breaks a number into its terms. */
@Command(
        name = "explain",
        description =
                "Break a number of a scenario into terms that add up to it, with their formulas. One that is no sum, or has no"
                        + " value, is refused with the reason (exit code 2).",
        mixinStandardHelpOptions = true)
final class Explain implements Callable<Integer> {

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ScenarioOptions scenarios;

    @Parameters(
            index = "0",
            paramLabel = "METRIC",
            description = "step-time, memory, mfu, throughput or another of trainyard show metrics.")
    private String metricName;

    @Parameters(index = "1", paramLabel = "FILE", description = "Scenario; - reads standard input.")
    private String file;

    @Option(names = "--only", paramLabel = "VARIANT", description = "The variant to explain.")
    private List<String> only = List.of();

    @Override
    public Integer call() {
        Study study = scenarios.study(file, trainyard.terminal(), scenarios.quick(), only);
        Metric metric = metric(study);
        Preflight.check(study);
        StudyResult result = new StudyRunner(1, done -> {}).run(study);
        CellResult cell =
                result.best(Answer.headline(study)).orElse(result.cells().get(0));
        Explanation explanation = Explanation.of(result, cell, metric);
        if (output.json()) {
            trainyard.terminal().out().println(json(explanation, cell).toPrettyString());
        } else {
            print(explanation, result.grid().size() > 1 ? " of " + cell.cell().label() : "");
        }
        return ExitCode.OK.code();
    }

    private Metric metric(Study study) {
        String name = metricName.equals("memory") ? "memory.peak" : metricName;
        SourceText source = new SourceText("METRIC", name);
        return MetricPath.find(name, study.metrics(), source.at(1, 1, name.length()));
    }

    private void print(Explanation explanation, String where) {
        PrintStream out = trainyard.terminal().out();
        Breakdown breakdown = explanation.breakdown();
        out.println(explanation.metric().name() + where + " = "
                + explanation.metric().format(explanation.value())
                + (explanation.formula().isEmpty() ? "" : "   = " + explanation.formula()));
        out.println(breakdown.title() + ", " + breakdown.unit() + ":");
        int width = breakdown.terms().stream()
                .mapToInt(term -> term.name().length())
                .max()
                .orElse(0);
        String row = "  %-" + Math.max(width, 5) + "s %12.4f %6.1f %%  %s%n";
        for (Breakdown.Term term : breakdown.terms()) {
            out.printf(
                    Locale.ROOT,
                    row,
                    term.name(),
                    term.value(),
                    100 * term.value() / breakdown.total(),
                    term.formula());
        }
        out.printf(Locale.ROOT, row, "total", breakdown.total(), 100.0, "");
    }

    private static ObjectNode json(Explanation explanation, CellResult cell) {
        Metric metric = explanation.metric();
        ObjectNode document = Json.object();
        document.put("metric", metric.name())
                .put("cell", cell.cell().label())
                .put("value", metric.inUnit(explanation.value()))
                .put("unit", metric.unit())
                .put("formula", explanation.formula());
        Breakdown breakdown = explanation.breakdown();
        ObjectNode parts = document.putObject("breakdown");
        parts.put("title", breakdown.title()).put("unit", breakdown.unit()).put("total", breakdown.total());
        ArrayNode terms = parts.putArray("terms");
        breakdown
                .terms()
                .forEach(term -> terms.addObject()
                        .put("name", term.name())
                        .put("value", term.value())
                        .put("formula", term.formula()));
        return document;
    }
}
