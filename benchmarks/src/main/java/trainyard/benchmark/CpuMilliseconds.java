package trainyard.benchmark;

import java.util.Arrays;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * CPU time of the iterations of one benchmark run, from its counter {@code cpuNanos}.
 *
 * @param sorted milliseconds, least first
 */
record CpuMilliseconds(double[] sorted) {

    private static final double NANOS_PER_MILLISECOND = 1e6;

    static CpuMilliseconds of(RunResult run) {
        double[] values = run.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(java.util.Collection::stream)
                .map(IterationResult::getSecondaryResults)
                .mapToDouble(counters -> counters.get("cpuNanos").getScore() / NANOS_PER_MILLISECOND)
                .toArray();
        Arrays.sort(values);
        return new CpuMilliseconds(values);
    }

    int count() {
        return sorted.length;
    }

    double median() {
        return sorted[sorted.length / 2];
    }

    double least() {
        return sorted[0];
    }

    double most() {
        return sorted[sorted.length - 1];
    }
}
