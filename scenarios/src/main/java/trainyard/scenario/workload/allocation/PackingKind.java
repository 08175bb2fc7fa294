package trainyard.scenario.workload.allocation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.allocation.PackingSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulated;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scheduler.packing.BinPacking;
import trainyard.scheduler.packing.OptimalPacking;
import trainyard.scheduler.packing.Packing;
import trainyard.scheduler.packing.PackingBound;
import trainyard.scheduler.packing.PackingRule;
import trainyard.sim.units.Dimension;

/** {@code packing}: models that share the memory of GPUs. */
public final class PackingKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("packing", PackingSection.SECTION, "Models that share the memory of GPUs.");

    private static final double GIB = 1L << 30;

    private static final Metric USED = Metrics.count("gpus-used", Better.LOWER, "GPUs that hold at least one model.");
    private static final Metric BOUND = Metrics.count(
            "lower-bound",
            Better.NEITHER,
            "GPUs that no packing can do without (L2; Martello and Toth, Discrete Applied Mathematics 28, 1990).");
    private static final Metric OPTIMUM =
            Metrics.count("optimum", Better.NEITHER, "The fewest GPUs; unknown where `search` does not prove it.");
    private static final Metric OVER_BOUND =
            Metrics.ratio("over-bound", Better.LOWER, "GPUs used beyond the lower bound, over that bound.");
    private static final Metric OVER_OPTIMUM =
            Metrics.ratio("over-optimum", Better.LOWER, "GPUs used beyond the fewest, over the fewest.");
    private static final Metric FREE = Metrics.share(
            "free-memory", Better.LOWER, "Memory that is free on the GPUs used, over all memory of these.");
    private static final Metric BROKEN = Metrics.share(
            "guarantee-broken",
            Better.LOWER,
            "Share of the replications that use more than 11/9 of the fewest GPUs and 6/9, the most that first fit decreasing may"
                    + " (Dosa, ESCAPE 2007); unknown where the fewest are and the lower bound does not tell.");
    private static final Metric FREE_OF_GPU = new Metric(
            "free-memory.gpu",
            Dimension.DATA,
            "GiB",
            GIB,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Memory that is free on a GPU that is used.");
    private static final List<Metric> METRICS = List.of(USED, BOUND, OPTIMUM, OVER_BOUND, OVER_OPTIMUM, FREE, BROKEN);

    /** A packing, and the fewest GPUs if they are known. */
    private record Packed(BinPacking problem, Packing packing, int bound, OptionalInt optimum) {}

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public List<Metric> samples() {
        return List.of(FREE_OF_GPU);
    }

    @Override
    public int quickReplications() {
        return 10;
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        Values values = scenario.get(SECTION);
        PackingSection.check(values);
        PackingRule rule = values.get(PackingSection.RULE);
        long search = values.get(PackingSection.SEARCH);
        return streams -> {
            BinPacking problem = PackingSection.bind(values, streams);
            return Simulated.of(METRICS, () -> packed(problem, rule, search), PackingKind::numbers)
                    .withStory(PackingKind::details);
        };
    }

    private static Packed packed(BinPacking problem, PackingRule rule, long search) {
        OptionalInt optimum = search == 0 ? OptionalInt.empty() : OptimalPacking.bins(problem, search);
        return new Packed(problem, rule.pack(problem), PackingBound.atLeast(problem), optimum);
    }

    private static Map<Metric, Double> numbers(Packed result) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        double used = result.packing().bins();
        numbers.put(USED, used);
        numbers.put(BOUND, (double) result.bound());
        numbers.put(OVER_BOUND, used / result.bound() - 1);
        numbers.put(
                FREE, result.packing().totalFree() / (used * result.problem().capacity()));
        result.optimum().ifPresent(optimum -> {
            numbers.put(OPTIMUM, (double) optimum);
            numbers.put(OVER_OPTIMUM, used / optimum - 1);
            numbers.put(BROKEN, within(used, optimum) ? 0.0 : 1.0);
        });
        if (within(used, result.bound())) {
            numbers.put(BROKEN, 0.0);
        }
        return numbers;
    }

    /** Whether it keeps the guarantee of first fit decreasing; with a number below the fewest, it keeps it all the more. */
    private static boolean within(double used, int fewest) {
        return 9 * used <= 11L * fewest + 6;
    }

    private static Details details(Packed result) {
        List<Double> free =
                LongStream.of(result.packing().free()).asDoubleStream().boxed().toList();
        return Details.ofSample(FREE_OF_GPU, free);
    }
}
