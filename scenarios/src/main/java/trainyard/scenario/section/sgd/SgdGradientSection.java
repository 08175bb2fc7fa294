package trainyard.scenario.section.sgd;

import java.util.Optional;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NoneType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;
import trainyard.training.compression.Compression;
import trainyard.training.compression.Fp16;
import trainyard.training.compression.NoCompression;
import trainyard.training.compression.PowerSgd;
import trainyard.training.compression.Qsgd;
import trainyard.training.compression.SignSgd;
import trainyard.training.compression.TopK;
import trainyard.training.gradient.Compressing;
import trainyard.training.gradient.GradientPath;

/** {@code sgd.gradient}: what happens to a gradient between worker and parameters. */
public final class SgdGradientSection {

    /** Ways to make gradients smaller. */
    public enum Smaller {
        NONE,
        FP16,
        TOP_K,
        SIGN,
        POWER,
        QUANTISED
    }

    public static final Field<Optional<Double>> CLIP = Field.of(
                    "clip", new NoneType<>(new NumberType(1e-9, 1e9)), "Norm that a worker cuts its gradient to.")
            .orElse("none");
    public static final Field<Optional<Double>> DELAY_COMPENSATION = Field.of(
                    "delay-compensation",
                    new NoneType<>(new NumberType(0, 1e6)),
                    "Factor lambda of DC-ASGD (Zheng et al. 2017), which guesses what a late gradient would be now.")
            .orElse("none");
    public static final Field<Smaller> COMPRESSION = Field.of(
                    "compression",
                    ChoiceType.of("compression", Smaller.class),
                    "What is sent: everything, halves of numbers, the `share` of largest values, signs with a scale, the product of"
                            + " two thin matrices of `rank` (PowerSGD), or `bits` of each value (QSGD).")
            .orElse("none");
    public static final Field<Double> SHARE = Field.of(
                    "share", new NumberType(1e-6, 1), "Share of the values that are sent.")
            .orElse("1%")
            .only(Use.with(COMPRESSION, Smaller.TOP_K));
    public static final Field<Long> RANK = Field.of(
                    "rank", IntegerType.between(1, 1024), "Columns of the thin matrices.")
            .orElse("2")
            .only(Use.with(COMPRESSION, Smaller.POWER));
    public static final Field<Long> BITS = Field.of(
                    "bits",
                    IntegerType.of("bits", 2, 16)
                            .remarked("2 bits are a sign and one level, for signs alone write compression: sign"),
                    "Bits of a value with its sign: 2^(bits - 1) - 1 levels beside zero, so 2 bits are QSGD with one level.")
            .orElse("4 bits")
            .only(Use.with(COMPRESSION, Smaller.QUANTISED));
    public static final Field<Boolean> FEEDBACK = Field.of(
                    "error-feedback",
                    new FlagType(),
                    "Whether a worker remembers what was lost and adds it to its next gradient.")
            .orElse("true")
            .only(Use.beside(COMPRESSION));
    public static final Field<Double> MEMORY_RATE = Field.of(
                    "memory-rate",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "Memory bandwidth with which compression is worked out. Left out: that takes no time.")
            .only(Use.beside(COMPRESSION));

    public static final Section SECTION = Section.of(
            "sgd.gradient",
            "What happens to a gradient between a worker and the parameters.",
            CLIP,
            DELAY_COMPENSATION,
            COMPRESSION,
            SHARE,
            RANK,
            BITS,
            FEEDBACK,
            MEMORY_RATE);

    /** Values of a bucket of QSGD that share a scale (Alistarh et al. 2017 use 512 for networks). */
    private static final int BUCKET = 512;

    private SgdGradientSection() {}

    public static GradientPath bind(Values values) {
        GradientPath path = GradientPath.PLAIN;
        Optional<Double> clip = values.get(CLIP);
        if (clip.isPresent()) {
            path = path.withClipNorm(clip.get());
        }
        Optional<Double> compensation = values.get(DELAY_COMPENSATION);
        if (compensation.isPresent()) {
            path = path.withDelayCompensation(compensation.get());
        }
        return values.get(COMPRESSION) == Smaller.NONE
                ? path
                : path.withCompressing(new Compressing(
                        compression(values),
                        values.get(FEEDBACK),
                        values.find(MEMORY_RATE).orElse(Double.POSITIVE_INFINITY),
                        Double.POSITIVE_INFINITY));
    }

    private static Compression compression(Values values) {
        return switch (values.get(COMPRESSION)) {
            case NONE -> new NoCompression();
            case FP16 -> new Fp16();
            case TOP_K -> new TopK(values.get(SHARE));
            case SIGN -> new SignSgd();
            case POWER -> new PowerSgd(Math.toIntExact(values.get(RANK)));
            case QUANTISED -> new Qsgd(Math.toIntExact(values.get(BITS)), BUCKET);
        };
    }
}
