package trainyard.scenario.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;
import trainyard.scenario.workload.step.StepMetrics;

/**
 * Which of several designs is the fastest. The time of a step tells it only where all steps do the same work: a smaller batch
 * takes less time and may train less, and so does a smaller model.
 *
 * @param design the fastest
 * @param by what it is the fastest by: the time of a step where all train one model by one batch, else tokens or images a second
 *     where all train one model on as many GPUs, else the MFU
 * @param differ what the designs do not have in common of batch, model and number of GPUs
 */
record FastestDesign(Design design, Metric by, List<String> differ) {

    private static final double ROUNDING = 1e-6;
    /** The least ratio that two decimals tell from 1. */
    private static final double LEAST_RATIO = 1.005;

    private static final String BATCH = "batch";
    private static final String MODEL = "model";
    private static final String GPUS = "number of GPUs";

    FastestDesign {
        differ = List.copyOf(differ);
    }

    /** Empty where none of the designs can run. */
    static Optional<FastestDesign> of(List<Design> designs) {
        List<Design> running = designs.stream()
                .filter(design -> design.value(StepMetrics.STEP_TIME).isPresent())
                .toList();
        List<String> differ = differ(running);
        Metric by = measure(running, differ);
        ToDoubleFunction<Design> speed = design -> speed(design, by);
        return running.stream()
                .reduce((best, other) -> speed.applyAsDouble(other) > speed.applyAsDouble(best) ? other : best)
                .map(best -> new FastestDesign(best, by, differ));
    }

    private static List<String> differ(List<Design> running) {
        List<String> differ = new ArrayList<>();
        if (!alike(running, FastestDesign::work)) {
            differ.add(BATCH);
        }
        if (!alike(running, design -> value(design, StepMetrics.BILLION_PARAMETERS))) {
            differ.add(MODEL);
        }
        if (!alike(running, design -> value(design, StepMetrics.GPUS))) {
            differ.add(GPUS);
        }
        return differ;
    }

    /** On more GPUs a step of the same work is faster indeed, but of two models neither its time nor throughput tells more. */
    private static Metric measure(List<Design> running, List<String> differ) {
        if (differ.contains(MODEL) || differ.containsAll(List.of(BATCH, GPUS))) {
            return StepMetrics.MFU;
        }
        return differ.contains(BATCH) ? rate(running.get(0)) : StepMetrics.STEP_TIME;
    }

    private static boolean alike(List<Design> designs, ToDoubleFunction<Design> of) {
        double most = designs.stream().mapToDouble(of).max().orElse(0);
        double least = designs.stream().mapToDouble(of).min().orElse(0);
        return most - least <= ROUNDING * Math.abs(most);
    }

    /** What is counted of what a design learns from: tokens, or images that have none. */
    private static Metric rate(Design design) {
        return design.value(StepMetrics.THROUGHPUT).isPresent()
                ? StepMetrics.THROUGHPUT
                : StepMetrics.IMAGES_PER_SECOND;
    }

    /** What a step trains on, in the unit of that rate. */
    private static double work(Design design) {
        return value(design, rate(design)) * value(design, StepMetrics.STEP_TIME);
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
        String value = by.format(value(design, by)) + (by == StepMetrics.IMAGES_PER_SECOND ? " " + by.unit() : "");
        String ratio = design == baseline || baseline.value(by).isEmpty()
                ? ""
                : ratio(speed(design, by) / speed(baseline, by));
        if (by == StepMetrics.STEP_TIME) {
            return design.name() + " takes least: " + value + " a step" + than(ratio, "fast", baseline) + difference();
        }
        if (by == StepMetrics.THROUGHPUT || by == StepMetrics.IMAGES_PER_SECOND) {
            return design.name() + " trains most: " + value + than(ratio, "much", baseline) + difference();
        }
        return design.name() + " uses its GPUs best: MFU " + value + than(ratio, "much", baseline) + difference();
    }

    /** Two decimals, and more where they would say that nothing is gained. */
    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, ratio < LEAST_RATIO ? "%.4f times as " : "%.2f times as ", ratio);
    }

    /** What a reader has to know who holds the designs against each other. */
    private String difference() {
        return differ.isEmpty() ? "" : "; they differ in " + Wording.list(differ);
    }

    private static String than(String ratio, String how, Design baseline) {
        return ratio.isEmpty() ? "" : ", " + ratio + how + " as " + baseline.name();
    }
}
