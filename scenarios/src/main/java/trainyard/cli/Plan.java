package trainyard.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.parallel.search.SearchResult;
import trainyard.scenario.Scenario;
import trainyard.scenario.planning.PlanQuestion;
import trainyard.scenario.planning.PlanReport;
import trainyard.scenario.planning.PlanTable;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.metric.Wording;

/** Searches the best plan for the job of a scenario. */
@Command(
        name = "plan",
        description =
                "Search the best parallel plan for the training job of a scenario; list the best ones and why others are left out.",
        mixinStandardHelpOptions = true)
final class Plan implements Callable<Integer> {

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

    @Option(names = "--top", paramLabel = "N", description = "How many plans to list; same as --set search.top=N.")
    private Optional<Integer> top;

    @Option(
            names = "--objective",
            paramLabel = "WORD",
            description = "time, cost or memory; same as --set search.objective=WORD.")
    private Optional<String> objective;

    @Option(
            names = "--memory-share",
            paramLabel = "SHARE",
            description =
                    "What a plan may take of a GPU's memory, such as 90%%; same as --set search.memory-share=SHARE.")
    private Optional<String> memoryShare;

    @Option(
            names = "--fix",
            paramLabel = "KEY=VALUES",
            description =
                    "Keep a dimension to one value or to several separated by commas, such as --fix tensor=4,8; same as"
                            + " --set search.KEY=[VALUES].")
    private List<String> fixed = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        PlanQuestion question = PlanQuestion.of(scenario());
        long start = System.nanoTime();
        SearchResult result = answer(question);
        double seconds = (System.nanoTime() - start) / 1e9;
        PrintStream err = trainyard.terminal().err();
        err.printf(
                Locale.ROOT,
                "looked at the %,d plans whose degrees fit together in %.1f s, %,.0f a second%n",
                result.candidates(),
                seconds,
                result.candidates() / seconds);
        Optional<String> written = report.write(() -> PlanReport.of(question, result));
        if (output.json()) {
            trainyard.terminal().out().println(PlanJson.of(question, result).toPrettyString());
        } else {
            print(question, result, written);
        }
        return ExitCode.OK.code();
    }

    private SearchResult answer(PlanQuestion question) {
        try (Interruption interruption = Interruption.telling(
                        trainyard.terminal().err(), () -> "not all plans were looked at, and nothing is written");
                Progress progress = new Progress(trainyard.terminal())) {
            return question.answer(jobs.threads(), progress::update);
        }
    }

    private Scenario scenario() {
        List<Assignment> changes = new ArrayList<>();
        top.ifPresent(number -> changes.add(change("--top", number.toString(), "search.top")));
        objective.ifPresent(word -> changes.add(change("--objective", word, "search.objective")));
        memoryShare.ifPresent(share -> changes.add(change("--memory-share", share, "search.memory-share")));
        fixed.forEach(fix -> changes.add(fix(new SourceText("--fix", fix))));
        return scenarios.read(file, trainyard.terminal(), changes);
    }

    private static Assignment change(String option, String text, String path) {
        return Assignment.ofOption(new SourceText(option, text), path, 0);
    }

    private static Assignment fix(SourceText typed) {
        String text = typed.text();
        int equals = text.indexOf('=');
        if (equals < 1 || text.substring(equals + 1).isBlank()) {
            throw new ScenarioException(Problem.at(
                    typed.at(1, 1, text.length()),
                    Problem.Kind.COMMAND,
                    "--fix takes KEY=VALUES",
                    "such as --fix tensor=4,8"));
        }
        return Assignment.listOfOption(typed, "search." + text.substring(0, equals), equals + 1);
    }

    private void print(PlanQuestion question, SearchResult result, Optional<String> written) {
        PrintStream out = trainyard.terminal().out();
        out.println(question.scenario().question());
        out.printf(
                Locale.ROOT,
                "  Space      %,d plans of %s on %,d GPU%s, all combinations of values;"
                        + " the degrees of %,d fit together, %,d of them were priced%n",
                result.plans(),
                question.job().model().name(),
                question.job().cluster().gpus(),
                question.job().cluster().gpus() == 1 ? "" : "s",
                result.candidates(),
                result.priced().size());
        if (!question.notUsed().isEmpty()) {
            out.println("  Not used   " + String.join(", ", question.notUsed())
                    + ": a plan is searched for one step of the job as written");
        }
        result.excluded()
                .forEach((reason, count) -> out.printf(Locale.ROOT, "  Left out   %,d %s%n", count, reason.label()));
        out.println("  Headline   " + PlanReport.sentence(question, result));
        out.println("  Front      " + Wording.counted(result.front().size(), "plan")
                + " that no other beats in step time, memory and cost at once");
        question.remarks(result).forEach(sentence -> out.println("  Note       " + sentence));
        PlanTable table = PlanTable.of(question, result);
        out.println();
        out.print(new Listing(table.columns(), table.rows()).text());
        written.ifPresent(files -> {
            out.println();
            out.println("  Wrote      " + files);
        });
    }
}
