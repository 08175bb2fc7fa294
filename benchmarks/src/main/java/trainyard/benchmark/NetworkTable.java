package trainyard.benchmark;

import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import trainyard.benchmark.NetworkBenchmark.Work;

/** Runs {@link NetworkBenchmark} and prints CPU time against size. */
final class NetworkTable {
    private NetworkTable() {}

    static void measure() throws RunnerException {
        System.out.println("flow network: CPU milliseconds, median (least to most) of 3");
        measure(Work.SOLVE, "1000", "10000");
        measure(Work.RING_HOSTS, "64", "256", "1024", "4096");
        measure(Work.RING_NODES, "64", "256", "1024", "4096");
        measure(Work.RING_FOLDED, "64", "256", "1024", "4096", "100000");
    }

    private static void measure(Work work, String... sizes) throws RunnerException {
        var options = new OptionsBuilder()
                .include(NetworkBenchmark.class.getSimpleName())
                .param("work", work.name())
                .param("size", sizes)
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult run : new Runner(options).run()) {
            CpuMilliseconds times = CpuMilliseconds.of(run);
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %7s  %10.3f (%.3f to %.3f)%n",
                    work.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    run.getParams().getParam("size"),
                    times.median(),
                    times.least(),
                    times.most());
        }
    }
}
