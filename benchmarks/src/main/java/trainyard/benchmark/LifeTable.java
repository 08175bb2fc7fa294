package trainyard.benchmark;

import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link LifeBenchmark} and prints CPU time against size. */
final class LifeTable {

    private LifeTable() {}

    static void measure() throws RunnerException {
        System.out.println(
                "one life of 54 days under the faults of Llama 3: CPU milliseconds, median (least to most) of 3");
        var options = new OptionsBuilder()
                .include(LifeBenchmark.class.getSimpleName())
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult run : new Runner(options).run()) {
            CpuMilliseconds times = CpuMilliseconds.of(run);
            double faults = run.getSecondaryResults().get("faults").getScore() / LifeBenchmark.LIVES / times.count();
            System.out.printf(
                    Locale.ROOT,
                    "life %7s GPUs, %6.0f faults  %8.2f (%.2f to %.2f)%n",
                    run.getParams().getParam("gpus"),
                    faults,
                    times.median() / LifeBenchmark.LIVES,
                    times.least() / LifeBenchmark.LIVES,
                    times.most() / LifeBenchmark.LIVES);
        }
    }
}
