package trainyard.scenario.planning;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;

/**
 * Which of several designs is the fastest. The time of a step tells it only where all steps do the same work: a smaller batch
 * takes less time and may train less.
 *
 * @param design the fastest
 * @param by what it is the fastest by: the time of a step where all are of one batch, else throughput where all train
 *     one model on as many GPUs, else the MFU
 */
record FastestDesign(Design design, Metric by) {

    private static final double ROUNDING = 1e-6;

    /** Empty where none of the designs can run. */
    static Optional<FastestDesign> of(List<Design> designs) {
        List<Design> running = designs.stream()
                .filter(design -> design.value(StepMetrics.STEP_TIME).isPresent())
                .toList();
        Metric by = measure(running);
        ToDoubleFunction<Design> speed = design -> speed(design, by);
        return running.stream()
                .reduce((best, other) -> speed.applyAsDouble(other) > speed.applyAsDouble(best) ? other : best)
                .map(best -> new FastestDesign(best, by));
    }

    private static Metric measure(List<Design> running) {
        if (alike(running, FastestDesign::work)) {
            return StepMetrics.STEP_TIME;
        }
        boolean model = alike(running, design -> value(design, StepMetrics.BILLION_PARAMETERS));
        return model && alike(running, design -> value(design, StepMetrics.GPUS))
                ? StepMetrics.THROUGHPUT
                : StepMetrics.MFU;
    }

    private static boolean alike(List<Design> designs, ToDoubleFunction<Design> of) {
        double most = designs.stream().mapToDouble(of).max().orElse(0);
        double least = designs.stream().mapToDouble(of).min().orElse(0);
        return most - least <= ROUNDING * Math.abs(most);
    }

    /** What a step trains on, in the unit of the throughput. */
    private static double work(Design design) {
        return value(design, StepMetrics.THROUGHPUT) * value(design, StepMetrics.STEP_TIME);
    }

    private static double value(Design design, Metric metric) {
        return design.outcome().value(metric).orElse(0.0);
    }

    private static double speed(Design design, Metric by) {
        double value = value(design, by);
        return by == StepMetrics.STEP_TIME ? 1 / value : value;
    }

    /** In one sentence without a final stop, held against the first design. */
    String sentence(Design baseline) {
        String value = by.format(value(design, by));
        String ratio = design == baseline || baseline.value(by).isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%.2f times as ", speed(design, by) / speed(baseline, by));
        if (by == StepMetrics.STEP_TIME) {
            return design.name() + " takes least: " + value + " a step" + than(ratio, "fast", baseline);
        }
        if (by == StepMetrics.THROUGHPUT) {
            return design.name() + " trains most: " + value + than(ratio, "much", baseline)
                    + "; their steps are not of one batch";
        }
        return design.name() + " uses its GPUs best: MFU " + value + than(ratio, "much", baseline)
                + "; their steps do not do the same work";
    }

    private static String than(String ratio, String how, Design baseline) {
        return ratio.isEmpty() ? "" : ", " + ratio + how + " as " + baseline.name();
    }
}
