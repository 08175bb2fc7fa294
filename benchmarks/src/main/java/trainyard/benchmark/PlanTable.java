package trainyard.benchmark;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link PlanBenchmark} and {@link SearchBenchmark} and prints plans per second and the time of a search. */
final class PlanTable {

    private PlanTable() {}

    static void measure() throws RunnerException {
        System.out.println("plans of GPT-3 175B on 1,024 GPUs: plans per CPU second of one thread,"
                + " median (least to most) of 5");
        for (RunResult run : results(PlanBenchmark.class)) {
            CpuMilliseconds times = CpuMilliseconds.of(run);
            double plans = plans(run);
            System.out.printf(
                    Locale.ROOT,
                    "%-7s %,8.0f (%,.0f to %,.0f)%n",
                    run.getParams().getParam("work").toLowerCase(Locale.ROOT),
                    plans / times.median() * 1000,
                    plans / times.most() * 1000,
                    plans / times.least() * 1000);
        }
        for (RunResult run : results(SearchBenchmark.class)) {
            CpuMilliseconds times = CpuMilliseconds.of(run);
            System.out.printf(
                    Locale.ROOT,
                    "search of %,.0f plans on 100,000 GPUs: CPU seconds of all threads from a cold start,"
                            + " median (least to most) of 3: %.1f (%.1f to %.1f)%n",
                    plans(run),
                    times.median() / 1000,
                    times.least() / 1000,
                    times.most() / 1000);
        }
    }

    private static Collection<RunResult> results(Class<?> benchmark) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(benchmark.getSimpleName())
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    /** Plans of one iteration. */
    private static double plans(RunResult run) {
        return run.getBenchmarkResults().iterator().next().getIterationResults().stream()
                .findFirst()
                .orElseThrow()
                .getSecondaryResults()
                .get("plans")
                .getScore();
    }
}
