package trainyard.benchmark;

import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link PlanBenchmark} and prints plans per second of CPU time of one thread. */
final class PlanTable {

    private PlanTable() {}

    static void measure() throws RunnerException {
        System.out.println("plans of GPT-3 175B on 1,024 GPUs: plans per CPU second of one thread,"
                + " median (least to most) of 5");
        var options = new OptionsBuilder()
                .include(PlanBenchmark.class.getSimpleName())
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult run : new Runner(options).run()) {
            CpuMilliseconds times = CpuMilliseconds.of(run);
            double plans = run.getBenchmarkResults().iterator().next().getIterationResults().iterator().next()
                    .getSecondaryResults().get("plans").getScore();
            System.out.printf(
                    Locale.ROOT,
                    "%-7s %,8.0f (%,.0f to %,.0f)%n",
                    run.getParams().getParam("work").toLowerCase(Locale.ROOT),
                    plans / times.median() * 1000,
                    plans / times.most() * 1000,
                    plans / times.least() * 1000);
        }
    }
}
