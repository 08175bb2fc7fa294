package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.scenario.solving.Solution;
import trainyard.scenario.solving.SolveQuestion;
import trainyard.scenario.solving.SolveReport;
import trainyard.scenario.solving.Solver;
import trainyard.scenario.solving.Trial;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/** Finds the value of an input that meets a target. */
@Command(
        name = "solve",
        description =
                "Find the smallest or largest value of an input that meets a target; simulate it and the next one, which does not.",
        mixinStandardHelpOptions = true)
final class Solve implements Callable<Integer> {

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

    @Parameters(index = "0", paramLabel = "FILE", description = "Scenario; - reads standard input.")
    private String file;

    @Option(
            names = "--vary",
            required = true,
            paramLabel = "PATH",
            description = "The input, a number, by its dotted path.")
    private String path;

    @Option(
            names = "--until",
            required = true,
            paramLabel = "TARGET",
            description = "What has to hold, such as 'time-to-train.p95 <= 30 days'.")
    private String until;

    @Option(
            names = "--from",
            paramLabel = "VALUE",
            description = "First value of the range. Default: the least value that the scenario sweeps the input over.")
    private String from = "";

    @Option(names = "--to", paramLabel = "VALUE", description = "Last value of the range. Default: the greatest one.")
    private String to = "";

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            description = "How close the answer and the next value are, if they are not whole numbers. Default: 1.")
    private double tolerance = 1;

    @Option(names = "--only", paramLabel = "VARIANT", description = "The variant to solve for, where there are some.")
    private List<String> only = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (!(tolerance >= 0.01 && tolerance <= 50)) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.VALUE, "--tolerance " + tolerance + " is out of range", "write 0.01 to 50"));
        }
        scenarios.refuseOtherSweeps(path);
        SolveQuestion question = SolveQuestion.of(
                scenarios.read(file, trainyard.terminal()),
                new SolveQuestion.Options(path, until, from, to, tolerance / 100, scenarios.quick(), only));
        int most = Solver.mostReplications(question);
        try (Progress progress = new Progress(trainyard.terminal(), most)) {
            return solve(question, most, progress);
        }
    }

    private int solve(SolveQuestion question, int most, Progress progress) throws IOException {
        Solver solver = new Solver(question, jobs.threads(), done -> progress.update(Math.min(done, most)));
        try (Interruption interruption = new Interruption(solver::stop)) {
            Solution solution = solver.solve();
            progress.end();
            if (solver.isStopped()) {
                trainyard.terminal().err().println("interrupted before the search was at its end; nothing is written");
                return ExitCode.INTERRUPTED.code();
            }
            Optional<String> written = report.write(() -> SolveReport.of(solution, command()));
            if (output.json()) {
                trainyard.terminal().out().println(json(solution).toPrettyString());
            } else {
                print(solution, written);
            }
            return (solution.answer().isPresent() ? ExitCode.OK : ExitCode.CHECK_FAILED).code();
        }
    }

    /** What repeats the search from the folder of its report. */
    private String command() {
        StringBuilder command = new StringBuilder("trainyard solve scenario.resolved.yaml");
        append(command, "--vary", path);
        append(command, "--until", until);
        append(command, "--from", from);
        append(command, "--to", to);
        only.forEach(variant -> append(command, "--only", variant));
        if (tolerance != 1) {
            append(command, "--tolerance", Double.toString(tolerance));
        }
        return command + (scenarios.quick() ? " --quick" : "");
    }

    private static void append(StringBuilder command, String option, String value) {
        if (!value.isEmpty()) {
            command.append(' ')
                    .append(option)
                    .append(" '")
                    .append(value.replace("'", "'\\''"))
                    .append('\'');
        }
    }

    private void print(Solution solution, Optional<String> written) {
        PrintStream out = trainyard.terminal().out();
        SolveQuestion question = solution.question();
        out.println(question.scenario().question());
        out.println("  Target     " + question.target().text() + ", by " + question.path());
        question.notUsed().forEach(words -> out.println("  Not used   " + words));
        out.println("  Answer     " + answer(solution));
        solution.beyond()
                .ifPresent(next -> out.println("  Next       " + question.path() + " " + next.name() + " does not: "
                        + solution.foundBeyond()));
        out.println("  Tried      " + tried(solution));
        if (!solution.isMonotone()) {
            out.println("  Warning    not monotone: " + String.join("; ", solution.changes()));
        }
        written.ifPresent(files -> out.println("  Wrote      " + files));
    }

    private static String answer(Solution solution) {
        if (solution.answer().isEmpty() || solution.beyond().isEmpty()) {
            return solution.sentence();
        }
        Trial found = solution.answer().get();
        return "the " + solution.kind() + " is " + solution.question().path() + " " + found.name() + ": "
                + solution.foundAnswer();
    }

    private static String tried(Solution solution) {
        return Wording.counted(solution.tried().size(), "value") + ", "
                + Wording.counted(solution.question().study().replications(), "replication") + " each"
                + solution.cannotRun().map(words -> "; " + words).orElse("");
    }

    private static ObjectNode json(Solution solution) {
        SolveQuestion question = solution.question();
        ObjectNode document = Json.object();
        document.put("ok", solution.answer().isPresent())
                .put("path", question.path())
                .put("target", question.target().text())
                .put("sentence", solution.sentence())
                .put("kind", solution.kind())
                .put("monotone", solution.isMonotone())
                .put("tie", solution.isTie())
                .put("replications", question.study().replications());
        ArrayNode notUsed = document.putArray("notUsed");
        question.notUsed().forEach(notUsed::add);
        solution.answer().ifPresent(trial -> document.set("answer", json(trial, solution)));
        solution.beyond().ifPresent(trial -> document.set("next", json(trial, solution)));
        solution.nearest()
                .filter(trial -> !trial.meets())
                .ifPresent(trial -> document.set("nearest", json(trial, solution)));
        ArrayNode tried = document.putArray("tried");
        solution.tried().forEach(trial -> tried.add(json(trial, solution)));
        return document;
    }

    private static ObjectNode json(Trial trial, Solution solution) {
        Metric metric = solution.question().metric();
        ObjectNode row = Json.object();
        row.put("value", trial.value())
                .put("name", trial.name())
                .put("feasible", trial.isFeasible())
                .put("meets", trial.meets())
                .put("interval_contains_target", solution.isOpen(trial))
                .put("metric", metric.name())
                .put("unit", metric.unit());
        trial.estimate(metric)
                .ifPresent(estimate -> row.put("estimate", estimate.value())
                        .put("low", estimate.low())
                        .put("high", estimate.high()));
        return row;
    }
}
