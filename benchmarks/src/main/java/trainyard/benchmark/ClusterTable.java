package trainyard.benchmark;

import java.util.Arrays;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import trainyard.scheduler.catalog.PolicyKind;

/** Runs {@link ClusterBenchmark} and prints CPU time, time of a decision and allocation. */
final class ClusterTable {

    /** Policies of each way to decide, where not all are measured. */
    private static final String[] SOME = {"fifo", "easy", "conservative", "srtf", "max-min"};

    private ClusterTable() {}

    static void measure() throws RunnerException {
        System.out.println("one run: CPU milliseconds, median (least to most) of 3; a moment; bytes a job");
        String[] all = Arrays.stream(PolicyKind.values())
                .filter(kind -> kind != PolicyKind.POD_BY_POD)
                .map(PolicyKind::word)
                .toArray(String[]::new);
        measure(ClusterWorkload.PHILLY, all);
        measure(ClusterWorkload.PHILLY_OVERSTATED, "easy", "conservative", "slurm-backfill");
        measure(ClusterWorkload.TIRESIAS_5000, "fifo", "fifo-fit-first", "srtf", "srsf", "2d-las");
        measure(ClusterWorkload.SYNTHETIC_1000, SOME);
        measure(ClusterWorkload.SYNTHETIC_10000, "fifo", "easy", "srtf", "max-min");
        measure(ClusterWorkload.QUEUE_10000, SOME);
        measure(ClusterWorkload.QUEUE_100000, SOME);
    }

    private static void measure(ClusterWorkload workload, String... policies) throws RunnerException {
        var options = new OptionsBuilder()
                .include(ClusterBenchmark.class.getSimpleName())
                .param("workload", workload.name())
                .param("policy", policies)
                .verbosity(VerboseMode.SILENT)
                .build();
        int jobs = workload.jobs().size();
        for (RunResult run : new Runner(options).run()) {
            CpuMilliseconds times = CpuMilliseconds.of(run);
            double events = run.getSecondaryResults().get("events").getScore() / times.count();
            double bytes = run.getSecondaryResults().get("bytes").getScore() / times.count();
            System.out.printf(
                    Locale.ROOT,
                    "%-18s %,9d jobs  %-22s %9.0f (%.0f to %.0f)  %7.2f us  %5.0f bytes%n",
                    workload.name().toLowerCase(Locale.ROOT),
                    jobs,
                    run.getParams().getParam("policy"),
                    times.median(),
                    times.least(),
                    times.most(),
                    times.median() * 1e3 / events,
                    bytes / jobs);
        }
    }
}
