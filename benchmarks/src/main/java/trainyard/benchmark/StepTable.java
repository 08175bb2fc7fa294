package trainyard.benchmark;

import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link StepBenchmark} and prints CPU time against size. */
final class StepTable {

    private StepTable() {}

    static void measure() throws RunnerException {
        System.out.println("one 3D-parallel step: CPU milliseconds, median (least to most) of 3");
        var options = new OptionsBuilder()
                .include(StepBenchmark.class.getSimpleName())
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult run : new Runner(options).run()) {
            CpuMilliseconds times = CpuMilliseconds.of(run);
            System.out.printf(
                    Locale.ROOT,
                    "step %7s GPUs, exchanges by %-8s  %10.1f (%.1f to %.1f)%n",
                    run.getParams().getParam("gpus"),
                    run.getParams().getParam("exchanges"),
                    times.median(),
                    times.least(),
                    times.most());
        }
    }
}
