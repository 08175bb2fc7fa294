package trainyard.scenario.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
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
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.random.RandomStreams;

/**
 * Random scenarios of every kind give a result or a problem with its place, soon, and never an internal error. Every life
 * checks by itself that its states sum to the time of all GPUs, to the nanosecond; where a kind has states, their shares sum
 * to one here as well.
 *
 * <pre>mvn -pl scenarios -am test -Dtest=ScenarioFuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Dtrainyard.fuzz=10000</pre>
 *
 * <p>{@code trainyard.fuzz} is the number of scenarios that must have been run, those refused or infeasible not counted;
 * {@code trainyard.fuzz.seed} makes others, and {@code trainyard.fuzz.first} begins with a later one of them. A defect is
 * printed as it is found, with seed, number and text of its scenario; {@code target/fuzz-scenario.yaml} has the one under way.
 */
class ScenarioFuzzTest {

    private static final int SCENARIOS = Integer.getInteger("trainyard.fuzz", 100);
    private static final int FIRST = Integer.getInteger("trainyard.fuzz.first", 0);
    private static final long SEED = Long.getLong("trainyard.fuzz.seed", 20261128);
    /** Above what any takes: Sia's rounds of a minute over 40 days of Philly's list need 145 s a replication. */
    private static final Duration MOST_CPU = Duration.ofMinutes(10);
    /** Of one that computes nothing; a busy machine may hold up any. */
    private static final Duration MOST_WALL = Duration.ofMinutes(30);

    private static final int MOST_DEFECTS = 20;
    private static final int NEWS_EVERY = 500;
    private static final Path UNDER_WAY = Goldens.project().resolve("scenarios/target/fuzz-scenario.yaml");

    private enum Result {
        RUN,
        INFEASIBLE,
        REFUSED
    }

    private final Map<Result, Integer> counts = new EnumMap<>(Result.class);
    private final Set<String> defects = new LinkedHashSet<>();
    private final Keys ran = new Keys();
    private int drawn;
    private boolean hangs;
    private double slowestSeconds;
    private String slowest = "";

    @Test
    void everyScenarioGivesAResultOrAProblem() throws IOException, InterruptedException {
        List<Node.Mapping> seeds = GallerySeeds.all();
        RandomStreams streams = new RandomStreams(SEED, 0);
        ExecutorService thread = Executors.newCachedThreadPool(ScenarioFuzzTest::daemon);
        while (count(Result.RUN) < SCENARIOS && defects.size() < MOST_DEFECTS && !hangs && !tooFewRun()) {
            int number = FIRST + drawn++;
            Keys keys = new Keys();
            String text = RandomScenario.draw(ScenarioFormat.SECTION, seeds, streams.stream("fuzz", number), keys);
            keep(number, text);
            double before = cpuSeconds();
            Result result = await(thread.submit(() -> run(text)), number, text);
            if (result == Result.RUN) {
                ran.addAll(keys);
            }
            timed(cpuSeconds() - before, number, text);
        }
        thread.shutdownNow();
        print(news());
        if (SCENARIOS >= NEWS_EVERY) {
            Keys all = Keys.of(ScenarioFormat.SECTION, RandomScenario.questions());
            print("drawn in no scenario that ran: " + all.without(ran));
        }
        assertThat(defects).isEmpty();
        assertThat(count(Result.RUN)).isGreaterThan(drawn / 3);
    }

    /** Keeps what is run next, should it take the whole process down. */
    private static void keep(int number, String text) throws IOException {
        if (SCENARIOS >= NEWS_EVERY) {
            Files.createDirectories(UNDER_WAY.getParent());
            Files.writeString(UNDER_WAY, "# " + number + " of seed " + SEED + "\n" + text + "\n");
        }
    }

    private int count(Result result) {
        return counts.getOrDefault(result, 0);
    }

    private boolean tooFewRun() {
        return drawn > 20 * SCENARIOS + 100;
    }

    /** Waits for the end of a scenario and counts it; one that never ends keeps its thread, so nothing is run behind it. */
    private Result await(Future<Result> running, int number, String text) throws InterruptedException {
        double cpu = cpuSeconds();
        long start = System.nanoTime();
        while (true) {
            try {
                Result result = running.get(1, TimeUnit.SECONDS);
                counts.merge(result, 1, Integer::sum);
                return result;
            } catch (ExecutionException crash) {
                defect(describe(crash.getCause()), number, text);
                return Result.REFUSED;
            } catch (TimeoutException notYet) {
                if (cpuSeconds() - cpu > MOST_CPU.toSeconds() || System.nanoTime() - start > MOST_WALL.toNanos()) {
                    hangs = true;
                    defect("does not end:\n" + stacks(), number, text);
                    return Result.REFUSED;
                }
            }
        }
    }

    private void defect(String what, int number, String text) {
        if (defects.add(what)) {
            print("DEFECT in scenario " + number + " of seed " + SEED + ": " + what + "\n  " + text);
        }
    }

    private void timed(double seconds, int number, String text) {
        if (seconds > slowestSeconds) {
            slowestSeconds = seconds;
            slowest = number + ": " + text;
        }
        if (drawn % NEWS_EVERY == 0) {
            print(news());
            slowestSeconds = 0;
        }
    }

    private String news() {
        return String.format(
                Locale.ROOT,
                "%d scenarios drawn: %s, %d defects, %.0f s of CPU; slowest of late %.1f s, number %s",
                drawn,
                counts,
                defects.size(),
                cpuSeconds(),
                slowestSeconds,
                slowest);
    }

    private static void print(String line) {
        System.out.println("fuzz: " + line);
    }

    private static double cpuSeconds() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getProcessCpuTime() / 1e9;
    }

    private static String stacks() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> Set.of("fuzz", "study").contains(entry.getKey().getName()))
                .map(entry -> Stream.of(entry.getValue())
                        .map(frame -> "    at " + frame)
                        .collect(Collectors.joining("\n", entry.getKey().getName() + "\n", "")))
                .collect(Collectors.joining("\n"));
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

    private static Result run(String text) {
        try {
            Scenario scenario = Scenario.of(new SourceText("fuzz.yaml", text), GallerySeeds.FOLDER, List.of());
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
