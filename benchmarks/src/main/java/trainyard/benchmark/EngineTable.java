package trainyard.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import trainyard.benchmark.HoldBenchmark.Engine;

/** Runs {@link HoldBenchmark} and prints events per CPU second, and how many times those of the other engines they are. */
final class EngineTable {
    private static final double NANOS_PER_MICROSECOND = 1e3;

    private EngineTable() {}

    static void measure() throws RunnerException {
        var options = new OptionsBuilder()
                .include(HoldBenchmark.class.getSimpleName())
                .verbosity(VerboseMode.SILENT)
                .build();
        System.out.println("hold model with dispatch: millions of events per CPU second, median (least to most) of 5");
        Map<Integer, Map<Engine, List<Double>>> speeds = new TreeMap<>();
        for (RunResult run : new Runner(options).run()) {
            int pending = Integer.parseInt(run.getParams().getParam("pending"));
            Engine engine = Engine.valueOf(run.getParams().getParam("engine"));
            speeds.computeIfAbsent(pending, key -> new EnumMap<>(Engine.class)).put(engine, millionsPerSecond(run));
        }
        speeds.forEach(EngineTable::print);
    }

    private static List<Double> millionsPerSecond(RunResult run) {
        List<Double> speeds = new ArrayList<>();
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                double nanos = iteration.getSecondaryResults().get("cpuNanos").getScore();
                double events = iteration.getSecondaryResults().get("events").getScore();
                speeds.add(events / nanos * NANOS_PER_MICROSECOND);
            }
        }
        Collections.sort(speeds);
        return speeds;
    }

    private static void print(int pending, Map<Engine, List<Double>> speeds) {
        double ours = median(speeds.get(Engine.TRAINYARD));
        speeds.forEach((engine, values) -> System.out.printf(
                Locale.ROOT,
                "%9d pending  %-14s %7.2f (%.2f to %.2f)  %s%n",
                pending,
                engine.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                median(values),
                values.get(0),
                values.get(values.size() - 1),
                engine == Engine.TRAINYARD
                        ? ""
                        : String.format(Locale.ROOT, "trainyard is %.2f times as fast", ours / median(values))));
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }
}
