package trainyard.scenario.workload.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scheduler.workload.TuningProgress;
import trainyard.sim.engine.SimTime;

/**
 * The numbers of the sweeps of one name, each the mean over those in which anything was trained.
 *
 * @param name of the sweeps
 * @param loss of the model that they hand over
 * @param gpuHours of what they trained
 * @param saved of what they did not
 * @param duration until their end
 * @param count how many there are
 */
record SweepMetrics(String name, Metric loss, Metric gpuHours, Metric saved, Metric duration, Metric count) {

    private static final double SECONDS_PER_NANO = 1e-9;

    static SweepMetrics of(String name) {
        String prefix = "sweep." + JobGroup.word(name) + ".";
        String of = " Mean over the sweeps " + name + ".";
        return new SweepMetrics(
                name,
                Metrics.count(
                        prefix + "loss",
                        Better.LOWER,
                        "True loss of the model that showed the least one, on the assumed learning curves; 0 is the least that there is."
                                + of),
                Metrics.gpuHours(
                        prefix + "gpu-hours",
                        Better.LOWER,
                        "GPU time of the training of all trials, on the GPUs that they want." + of),
                Metrics.gpuHours(
                        prefix + "saved-gpu-hours",
                        Better.HIGHER,
                        "GPU time of the training that was left out since trials were stopped." + of),
                Metrics.hours(
                        prefix + "duration",
                        Better.LOWER,
                        "Time from the submission of a sweep to the end of the last of its trials that goes on." + of),
                Metrics.count(prefix + "count", Better.NEITHER, "Sweeps " + name + "."));
    }

    List<Metric> metrics() {
        return List.of(loss, gpuHours, saved, duration, count);
    }

    Map<Metric, Double> of(List<TunedSweep> all) {
        List<TunedSweep> sweeps = all.stream()
                .filter(sweep -> sweep.drawn().name().equals(name))
                .filter(sweep -> !sweep.progress().points().isEmpty())
                .toList();
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        numbers.put(count, (double) sweeps.size());
        if (!sweeps.isEmpty()) {
            numbers.put(loss, mean(sweeps, sweep -> sweep.last().loss()));
            numbers.put(
                    gpuHours,
                    mean(sweeps, sweep -> SECONDS_PER_NANO * sweep.last().gpuNanos()));
            numbers.put(saved, mean(sweeps, SweepMetrics::savedSeconds));
            numbers.put(
                    duration,
                    mean(
                            sweeps,
                            sweep -> SimTime.seconds(sweep.last().nanos()
                                    - sweep.drawn().tuning().submitNanos())));
        }
        return numbers;
    }

    private static double savedSeconds(TunedSweep sweep) {
        TuningProgress.Point last = sweep.last();
        return SECONDS_PER_NANO * (sweep.drawn().tuning().fullGpuNanos() - last.gpuNanos());
    }

    private static double mean(List<TunedSweep> sweeps, ToDoubleFunction<TunedSweep> number) {
        return sweeps.stream().mapToDouble(number).average().orElseThrow();
    }
}
