package trainyard.scenario.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trainyard.Goldens;
import trainyard.report.document.ReportDocument;
import trainyard.report.html.ReportPage;
import trainyard.scenario.Scenario;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.answer.Answer;
import trainyard.scenario.answer.AnswerReport;
import trainyard.scenario.answer.Preflight;
import trainyard.scenario.answer.Selection;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.StudyRunner;
import trainyard.scenario.workload.Metric;
import trainyard.sim.random.RandomStreams;

/**
 * Random scenarios of every kind give a result or a problem with its place, soon, and never an internal error. Where a kind
 * has states, the shares of all GPU time sum to one.
 *
 * <pre>mvn -pl scenarios -am test -Dtest=ScenarioFuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Dtrainyard.fuzz=10000</pre>
 *
 * <p>{@code trainyard.fuzz} is the number of scenarios that must have been run, those refused or infeasible not counted;
 * {@code trainyard.fuzz.seed} makes others.
 */
class ScenarioFuzzTest {

    private static final Path GALLERY = Goldens.project().resolve("scenarios/gallery");
    private static final int SCENARIOS = Integer.getInteger("trainyard.fuzz", 100);
    private static final long SEED = Long.getLong("trainyard.fuzz.seed", 20261128);
    /** Far above what any takes, so that a busy machine fails no test. */
    private static final long MOST_SECONDS = 60;

    private static final int MOST_DEFECTS = 20;

    private enum Result {
        RUN,
        INFEASIBLE,
        REFUSED
    }

    @Test
    void everyScenarioGivesAResultOrAProblem() throws IOException, InterruptedException {
        RandomScenario scenarios =
                new RandomScenario(ScenarioFormat.SECTION, seeds(), new RandomStreams(SEED, 0).stream("fuzz"));
        Map<Result, Integer> counts = new EnumMap<>(Result.class);
        Map<String, List<String>> failures = new LinkedHashMap<>();
        ExecutorService thread = Executors.newCachedThreadPool(ScenarioFuzzTest::daemon);
        int drawn = 0;
        while (counts.getOrDefault(Result.RUN, 0) < SCENARIOS && failures.size() < MOST_DEFECTS) {
            drawn++;
            String text = scenarios.next();
            Future<Result> result = thread.submit(() -> run(text));
            try {
                counts.merge(result.get(MOST_SECONDS, TimeUnit.SECONDS), 1, Integer::sum);
            } catch (ExecutionException crash) {
                failures.computeIfAbsent(describe(crash.getCause()), first -> new ArrayList<>())
                        .add(text);
            } catch (TimeoutException hang) {
                result.cancel(true);
                failures.computeIfAbsent("took more than " + MOST_SECONDS + " s", first -> new ArrayList<>())
                        .add(text);
            }
            if (drawn > 20 * SCENARIOS + 100) {
                fail("too few of %d scenarios could be run: %s", drawn, counts);
            }
        }
        thread.shutdownNow();
        System.out.printf("fuzz: %d scenarios drawn: %s, %d failures%n", drawn, counts, failures.size());
        failures.forEach((defect, texts) ->
                System.out.printf("%n%d x %s%n  %s%n", texts.size(), defect, String.join("\n  ", texts.subList(0, 1))));
        assertThat(failures.keySet()).isEmpty();
        assertThat(counts.get(Result.RUN)).isGreaterThan(drawn / 3);
    }

    private static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        List<String> frames = Stream.of(root.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("trainyard"))
                .limit(6)
                .map(StackTraceElement::toString)
                .toList();
        // Numbers differ from one scenario to the next, the defect does not.
        String message = String.valueOf(root).replaceAll("[0-9][-0-9.eE]*", "N");
        return message + "\n    at " + String.join("\n    at ", frames);
    }

    /** The scenarios of the gallery, without what only varies or shows them. */
    private static List<Node.Mapping> seeds() throws IOException {
        try (Stream<Path> files = Files.list(GALLERY)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> Scenario.read(file, List.of()).tree())
                    .toList();
        }
    }

    private static Result run(String text) {
        try {
            Scenario scenario = Scenario.of(new SourceText("fuzz.yaml", text), GALLERY, List.of());
            Study study = Study.of(scenario, true);
            Preflight.check(study);
            StudyResult result = new StudyRunner(1, done -> {}).run(study);
            checkStates(result);
            ReportDocument report = AnswerReport.of(Answer.of(result), new Selection(true, List.of()));
            assertThat(page(report)).isNotEmpty();
            return result.feasible().isEmpty() ? Result.INFEASIBLE : Result.RUN;
        } catch (ScenarioException refused) {
            assertThat(refused.problems()).isNotEmpty().allSatisfy(ScenarioFuzzTest::checkProblem);
            return refused.problems().get(0).kind() == Problem.Kind.MEMORY ? Result.INFEASIBLE : Result.REFUSED;
        }
    }

    private static String page(ReportDocument report) {
        List<String> files = IntStream.range(0, report.figures().size())
                .mapToObj(figure -> figure + ".svg")
                .toList();
        return ReportPage.of(report, "fuzz", files);
    }

    private static void checkProblem(Problem problem) {
        assertThat(problem.message()).isNotBlank();
        assertThat(problem.position()).as(problem.message()).isPresent();
    }

    private static void checkStates(StudyResult result) {
        Map<String, Metric> states = result.study().kind().states();
        for (CellResult cell : states.isEmpty() ? List.<CellResult>of() : result.feasible()) {
            double sum = states.values().stream()
                    .mapToDouble(state -> cell.mean(state).orElse(0.0))
                    .sum();
            assertThat(sum).as("shares of %s", cell.cell().label()).isBetween(1 - 1e-9, 1 + 1e-9);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fuzz");
        thread.setDaemon(true);
        return thread;
    }
}
