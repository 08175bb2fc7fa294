package trainyard.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.report.ReportWriter;
import trainyard.report.document.ReportDocument;
import trainyard.scenario.answer.Answer;
import trainyard.scenario.answer.AnswerReport;
import trainyard.scenario.answer.Preflight;
import trainyard.scenario.answer.Selection;
import trainyard.scenario.chart.BreakEvens;
import trainyard.scenario.chart.Charts;
import trainyard.scenario.chart.Crossovers;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.Expectation;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.StudyRunner;

/** Simulates scenarios and writes their reports. */
@Command(
        name = "run",
        description = "Simulate a scenario with its sweep, variants and ranges; write report and results.",
        mixinStandardHelpOptions = true)
final class Run implements Callable<Integer> {

    private static final int MAX_OBSTACLES = 4;
    private static final int MAX_COMPARISONS = 5;

    /** Where results go that the command names no folder for. */
    private static final Path OUT = Path.of("out");

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ScenarioOptions scenarios;

    @Mixin
    private JobsOption jobs;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Scenario, or manifest.json of an earlier run to repeat it; - reads standard input.")
    private List<String> files;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            converter = OutputFolder.class,
            description =
                    "Folder of the results; with several scenarios, of a folder for each. Default: out/NAME-HASH, the same for"
                            + " the same question.")
    private Optional<Path> folder;

    @Option(
            names = "--only",
            paramLabel = "VARIANT",
            description = "Run these variants only; separated by commas, or the option repeated.")
    private List<String> only = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Optional<String> obstacle = folder.isEmpty() ? OutputFolder.obstacle(OUT) : Optional.empty();
        if (obstacle.isPresent()) {
            throw new IOException(obstacle.get());
        }
        List<ObjectNode> documents = new ArrayList<>();
        ExitCode worst = ExitCode.OK;
        for (String file : files) {
            ExitCode code = run(file, documents);
            worst = code.code() > worst.code() ? code : worst;
            if (code == ExitCode.INTERRUPTED) {
                break;
            }
        }
        if (output.json()) {
            trainyard
                    .terminal()
                    .out()
                    .println(
                            documents.size() == 1
                                    ? documents.get(0).toPrettyString()
                                    : Json.array().addAll(documents).toPrettyString());
        }
        return worst.code();
    }

    private ExitCode run(String file, List<ObjectNode> documents) throws IOException {
        Repeat repeat = Repeat.of(file);
        boolean quick = scenarios.quick() || repeat.selection().quick();
        List<String> wanted = only.isEmpty() ? repeat.selection().variants() : only;
        Study study = scenarios.study(repeat.file(), trainyard.terminal(), quick, wanted);
        Selection selection = new Selection(quick, wanted.isEmpty() ? List.of() : study.variants());
        Preflight.check(study);
        int runs = study.cells().size() * study.replications();
        try (Progress progress = new Progress(trainyard.terminal(), runs)) {
            return run(file, study, selection, progress, documents);
        }
    }

    private ExitCode run(String file, Study study, Selection selection, Progress progress, List<ObjectNode> documents)
            throws IOException {
        StudyRunner runner = new StudyRunner(jobs.threads(), progress::update);
        try (Interruption interruption = new Interruption(runner::stop)) {
            StudyResult result = runner.runForCharts(study);
            progress.end();
            if (result.grid().isEmpty()) {
                trainyard
                        .terminal()
                        .err()
                        .println("interrupted before the first cell of " + file + " was finished; it has no report");
                return ExitCode.INTERRUPTED;
            }
            Answer answer = Answer.of(result);
            ReportDocument report = AnswerReport.of(answer, selection);
            Path target = target(report);
            List<Path> written = ReportWriter.write(report, target, charts(interruption));
            if (output.json()) {
                documents.add(RunJson.of(answer, report, target, written));
            }
            print(answer, Charts.missing(report.figures()), target, written);
            return code(answer, interruption.isInterrupted());
        }
    }

    /** Several scenarios in one run get a folder each below the one named, so that none overwrites another. */
    private Path target(ReportDocument report) {
        String name = report.name() + "-" + report.reproduction().shortHash();
        if (folder.isEmpty()) {
            return OUT.resolve(name);
        }
        return files.size() == 1 ? folder.get() : folder.get().resolve(name);
    }

    /** A Java process that is ending cannot load the font that PNG charts need. */
    private static ReportWriter.Charts charts(Interruption interruption) {
        return interruption.isInterrupted() ? ReportWriter.Charts.SVG : ReportWriter.Charts.SVG_AND_PNG;
    }

    private static ExitCode code(Answer answer, boolean interrupted) {
        if (interrupted && answer.result().isPartial()) {
            return ExitCode.INTERRUPTED;
        }
        return answer.holds() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private void print(Answer answer, List<String> missing, Path target, List<Path> written) {
        PrintStream out = output.json()
                ? trainyard.terminal().err()
                : trainyard.terminal().out();
        StudyResult result = answer.result();
        out.println(result.study().scenario().question());
        Beforehand.of(result.study()).forEach(sentence -> out.println("  Before     " + sentence));
        if (result.isPartial()) {
            String what = result.study().replications() == 1 ? " cells" : " replications of its cells";
            out.println("  Partial    " + result.finished() + " of " + result.planned() + what
                    + " finished before the interruption; the report is marked");
        }
        printCells(answer, out);
        out.println("  Headline   " + answer.sentence());
        if (!answer.besides().isEmpty()) {
            out.println("  Also       " + String.join(", ", answer.besides()));
        }
        printComparisons(answer, out);
        for (String remark : answer.remarks()) {
            out.println("  Note       " + remark);
        }
        answer.disagreement().ifPresent(sentence -> out.println("  Views      " + sentence));
        for (String sentence : Crossovers.sentences(answer.result(), answer.headline())) {
            out.println("  Best at    " + sentence);
        }
        for (String sentence : BreakEvens.told(answer.result(), answer.headline())) {
            out.println("  Break-even " + sentence);
        }
        BreakEvens.rest(answer.result(), answer.headline()).ifPresent(rest -> out.println("  Break-even " + rest));
        for (Expectation.Verdict verdict : answer.verdicts()) {
            out.println("  Expect     " + (verdict.holds() ? "PASS  " : "FAIL  ") + verdict.expectation() + "  ("
                    + verdict.found() + ")");
        }
        missing.forEach(chart -> out.println("  Chart      " + chart));
        out.println("  Wrote      " + ReportOption.wrote(target, written));
    }

    private static void printCells(Answer answer, PrintStream out) {
        StudyResult result = answer.result();
        long cells = result.study().cells().stream()
                .filter(cell -> cell.role() == Cell.Role.GRID)
                .count();
        if (cells >= 2) {
            String finished = result.isPartial() ? result.grid().size() + " finished and " : "";
            out.println("  Cells      " + cells + ", of which " + finished
                    + result.feasible().size() + " can run");
        }
        List<String> obstacles = answer.obstacles();
        int told = obstacles.size() > MAX_OBSTACLES ? 1 : obstacles.size();
        obstacles.stream().limit(told).forEach(obstacle -> out.println("  Cannot run " + obstacle));
        if (obstacles.size() > told) {
            out.println("  Cannot run " + (obstacles.size() - told) + " more reasons in the report");
        }
    }

    private static void printComparisons(Answer answer, PrintStream out) {
        List<Answer.Comparison> comparisons = answer.comparisons();
        boolean many = answer.result().grid().size() > 1;
        for (Answer.Comparison comparison : comparisons.subList(0, Math.min(MAX_COMPARISONS, comparisons.size()))) {
            String cell = many ? comparison.cell().cell().label() + ": " : "";
            out.println("  Published  " + cell + comparison.sentence());
        }
        if (comparisons.size() > MAX_COMPARISONS) {
            out.println("  Published  " + (comparisons.size() - MAX_COMPARISONS) + " more in the report");
        }
    }
}
