package trainyard.scenario.section.sgd;

import java.util.List;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Use;

/** {@code sgd.problem}: what is trained. */
public final class SgdProblemSection {

    private static final double MOST = 1e9;

    /** Kinds of problem. */
    public enum Kind {
        QUADRATIC,
        LEAST_SQUARES,
        SOFTMAX,
        MLP,
        CNN,
        LSTM,
        TRANSFORMER
    }

    /** Data of networks. */
    public enum Data {
        DIGITS,
        FASHION_MNIST,
        MARKOV_TEXT
    }

    /** What computes gradients of networks. */
    public enum Backend {
        ARRAYS,
        DL4J
    }

    public static final Field<Kind> KIND = Field.of(
                    "kind",
                    ChoiceType.of("problem", Kind.class),
                    "`quadratic`: half the sum of curvature times parameter squared, with noise in the gradient. `least-squares`: a"
                            + " random linear regression with a known minimum. The others are networks that are trained on `data`.")
            .orElse("mlp");

    private static final Use QUADRATIC = Use.with(KIND, Kind.QUADRATIC);
    private static final Use NETWORK = Use.with(KIND, Kind.SOFTMAX, Kind.MLP, Kind.CNN, Kind.LSTM, Kind.TRANSFORMER);

    public static final Field<List<Double>> CURVATURE = Field.of(
                    "curvature",
                    new ListType<>(new NumberType(1e-9, MOST), "numbers"),
                    "Second derivative in each direction; as many parameters. Left out: one direction of 1.")
            .only(QUADRATIC);
    public static final Field<Double> NOISE = Field.of(
                    "noise",
                    new NumberType(0, MOST),
                    "Variance of each part of the gradient of one example; that of a batch is this over its examples.")
            .orElse("1")
            .only(QUADRATIC);
    public static final Field<Double> START = Field.of(
                    "start", new NumberType(0, MOST), "Where each parameter starts; the minimum is at 0.")
            .orElse("1")
            .only(QUADRATIC);
    public static final Field<Double> SPREAD = Field.of(
                    "spread",
                    new NumberType(0, MOST),
                    "Standard deviation of the minima of single workers around the common one: their data differ.")
            .orElse("0")
            .only(QUADRATIC);
    public static final Field<Boolean> LAYERED = Field.of(
                    "layered",
                    new FlagType(),
                    "Whether each direction is a layer of its own, for rules that part layers; else all are one.")
            .orElse("false")
            .only(QUADRATIC);
    public static final Field<Long> ROWS = Field.of(
                    "rows", IntegerType.of("rows", 2, 1_000_000), "Examples of the regression.")
            .orElse("1000 rows")
            .only(Use.with(KIND, Kind.LEAST_SQUARES));
    public static final Field<Long> FEATURES = Field.of(
                    "features", IntegerType.between(1, 2000), "Features of an example, which are as many parameters.")
            .orElse("20")
            .only(Use.with(KIND, Kind.LEAST_SQUARES));
    public static final Field<Double> CONDITION = Field.of(
                    "condition", new NumberType(1, 1e6), "Largest over least curvature.")
            .orElse("10")
            .only(Use.with(KIND, Kind.LEAST_SQUARES));
    public static final Field<List<Long>> HIDDEN = Field.of(
                    "hidden",
                    new ListType<>(IntegerType.of("units", 1, 4096), "widths"),
                    "Width of each hidden layer; of `cnn` the channels of the first convolution and the width of the dense layer;"
                            + " of `lstm` the units; of `transformer` the width and the heads. Left out: 32 units, a `cnn` of 8 channels"
                            + " and 32 units, a `transformer` of width 32 with 2 heads.")
            .only(Use.with(KIND, Kind.MLP, Kind.CNN, Kind.LSTM, Kind.TRANSFORMER));
    public static final Field<Data> DATA = Field.of(
                    "data",
                    ChoiceType.of("data set", Data.class),
                    "`digits`: 1,797 handwritten digits of 8 x 8 pixels, which come with the program, 1,437 to train with."
                            + " `fashion-mnist`: 60,000 pictures of 28 x 28 in `folder`. `markov-text`: synthetic text of known entropy.")
            .orElse("digits")
            .only(NETWORK);
    public static final Field<String> FOLDER = Field.of(
                    "folder", TextType.ANY, "Folder of the files of `fashion-mnist`, relative to this file.")
            .only(Use.with(DATA, Data.FASHION_MNIST));
    private static final Use TEXT = Use.with(DATA, Data.MARKOV_TEXT);

    public static final Field<Long> SYMBOLS = Field.of(
                    "symbols", IntegerType.of("symbols", 2, 256), "Different symbols of the text.")
            .orElse("20 symbols")
            .only(TEXT);
    public static final Field<Double> ENTROPY = Field.of(
                    "entropy",
                    new NumberType(0.01, 5.5),
                    "Entropy of a symbol given the one before, in nats: the least loss that any network can reach.")
            .orElse("1.5")
            .only(TEXT);
    public static final Field<Long> LENGTH = Field.of(
                    "length", IntegerType.of("symbols", 2, 512), "Symbols of a sequence.")
            .orElse("16 symbols")
            .only(TEXT);
    public static final Field<Long> SEQUENCES = Field.of(
                    "sequences", IntegerType.of("sequences", 10, 1_000_000), "Sequences to train with.")
            .orElse("1000 sequences")
            .only(TEXT);
    public static final Field<Double> SKEW = Field.of(
                    "skew",
                    NumberType.FRACTION,
                    "Share of each worker's examples that come sorted by class, so that workers see different classes; the rest is"
                            + " shared out at random.")
            .orElse("0")
            .only(NETWORK);
    public static final Field<Backend> BACKEND = Field.of(
                    "backend",
                    ChoiceType.of("backend", Backend.class),
                    "What computes the gradients: `arrays` of plain numbers (softmax and mlp), or networks of `dl4j`.")
            .orElse("arrays")
            .only(NETWORK);

    public static final Section SECTION = Section.of(
            "sgd.problem",
            "What is trained, with gradients that are computed for real.",
            KIND,
            CURVATURE,
            NOISE,
            START,
            SPREAD,
            LAYERED,
            ROWS,
            FEATURES,
            CONDITION,
            HIDDEN,
            DATA,
            FOLDER,
            SYMBOLS,
            ENTROPY,
            LENGTH,
            SEQUENCES,
            SKEW,
            BACKEND);

    private SgdProblemSection() {}
}
