package trainyard.scenario.section.allocation;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.packing.BinPacking;
import trainyard.scheduler.packing.PackingRule;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Uniform;
import trainyard.sim.units.Dimension;

/** {@code packing}: models that share the memory of GPUs. */
public final class PackingSection {

    private static final int MOST_MODELS = 20_000;

    /** Laws of the size of a model. */
    public enum Law {
        UNIFORM,
        LOGNORMAL
    }

    public static final Field<Double> GPU_MEMORY = Field.of(
                    "gpu-memory", QuantityType.positive(Dimension.DATA), "Memory of a GPU that models may take.")
            .asRequired();
    public static final Field<List<Double>> SIZES = Field.of(
            "sizes",
            new ListType<>(QuantityType.positive(Dimension.DATA), "sizes"),
            "Memory of each model, in the order in which they come. Left out: they are drawn.");

    private static final Use DRAWN = Use.without(SIZES, "models that are drawn");

    public static final Field<Long> MODELS = Field.of(
                    "models", IntegerType.between(1, MOST_MODELS), "Models that are drawn.")
            .orElse("1000")
            .only(DRAWN);
    public static final Field<Law> LAW = Field.of(
                    "law",
                    ChoiceType.of("law", Law.class),
                    "Law of the memory of a model: `uniform` from `smallest` to `largest`, or `lognormal` with `mean` and"
                            + " `spread`, given that it lies from `smallest` to `largest`.")
            .orElse("uniform")
            .only(DRAWN);
    public static final Field<Double> SMALLEST = Field.of(
                    "smallest", QuantityType.positive(Dimension.DATA), "Memory of the smallest model.")
            .orElse("1 GiB")
            .only(DRAWN);
    public static final Field<Double> LARGEST = Field.of(
                    "largest",
                    QuantityType.positive(Dimension.DATA),
                    "Memory of the largest model, at most `gpu-memory`.")
            .orElse("40 GiB")
            .only(DRAWN);
    public static final Field<Double> MEAN = Field.of(
                    "mean", QuantityType.positive(Dimension.DATA), "Mean of the lognormal law.")
            .orElse("16 GiB")
            .only(DRAWN.and(Use.with(LAW, Law.LOGNORMAL)));
    public static final Field<Double> SPREAD = Field.of(
                    "spread", new NumberType(0.001, 10), "Coefficient of variation of the lognormal law.")
            .orElse("1")
            .only(DRAWN.and(Use.with(LAW, Law.LOGNORMAL)));
    public static final Field<PackingRule> RULE = Field.of(
                    "rule",
                    ChoiceType.of("rule", PackingRule.class),
                    "Where a model goes: `next-fit` only looks at the newest GPU, `first-fit` takes the first with room,"
                            + " `best-fit` the fullest, `worst-fit` the emptiest. The decreasing forms know all models and take"
                            + " the largest first.")
            .orElse("best-fit");
    public static final Field<Long> SEARCH = Field.of(
                    "search",
                    IntegerType.of("steps", 0, 100_000_000),
                    "Steps that the search for the fewest GPUs may take; where they do not prove it, `optimum` is"
                            + " unknown. More than 1,000 models are not searched.")
            .orElse("100000 steps");

    public static final Section SECTION = Section.of(
            "packing",
            "Models that share GPUs: each goes whole into the memory of one. The law of their sizes is an assumption of the"
                    + " scenario.",
            GPU_MEMORY,
            SIZES,
            MODELS,
            LAW,
            SMALLEST,
            LARGEST,
            MEAN,
            SPREAD,
            RULE,
            SEARCH);

    private PackingSection() {}

    /** Refuses sizes that no GPU holds. */
    public static void check(Values values) {
        double memory = values.get(GPU_MEMORY);
        boolean listed = values.isWritten(SIZES);
        double largest = listed
                ? values.find(SIZES).orElseThrow().stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(0)
                : values.get(LARGEST);
        if (largest > memory) {
            throw new ScenarioException(Problem.at(
                    values.position(listed ? SIZES : LARGEST),
                    Problem.Kind.VALUE,
                    "a model is larger than the memory of a GPU",
                    "make it at most gpu-memory"));
        }
        if (!listed && values.get(SMALLEST) > largest) {
            throw new ScenarioException(Problem.at(
                    values.position(SMALLEST),
                    Problem.Kind.VALUE,
                    "smallest is above largest",
                    "make it at most largest"));
        }
        if (!listed
                && values.get(LAW) == Law.LOGNORMAL
                && !(values.get(MEAN) > values.get(SMALLEST) && values.get(MEAN) < largest)) {
            throw new ScenarioException(Problem.at(
                    values.position(MEAN),
                    Problem.Kind.VALUE,
                    "the mean is not between smallest and largest",
                    "write one in between"));
        }
    }

    /** The models of one replication. */
    public static BinPacking bind(Values values, RandomStreams streams) {
        long memory = Math.round(values.get(GPU_MEMORY));
        return new BinPacking(
                memory,
                values.find(SIZES)
                        .map(sizes -> sizes.stream().mapToLong(Math::round).toArray())
                        .orElseGet(() -> drawn(values, streams, memory)));
    }

    private static long[] drawn(Values values, RandomStreams streams, long memory) {
        double smallest = values.get(SMALLEST);
        double largest = values.get(LARGEST);
        Distribution law = values.get(LAW) == Law.LOGNORMAL
                ? new LogNormal(values.get(MEAN), values.get(SPREAD))
                : smallest == largest ? new Fixed(smallest) : new Uniform(smallest, largest);
        double below = law.cumulativeProbability(smallest);
        double upTo = law.cumulativeProbability(largest);
        UniformRandomProvider random = streams.stream("packing/size");
        return LongStream.generate(() -> {
                    double above = 1 - (below + random.nextDouble() * (upTo - below));
                    double size = Math.min(largest, Math.max(smallest, law.inverseSurvivalProbability(above)));
                    return Math.min(memory, Math.max(1, Math.round(size)));
                })
                .limit(values.get(MODELS))
                .toArray();
    }
}
