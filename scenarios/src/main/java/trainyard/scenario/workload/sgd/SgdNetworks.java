package trainyard.scenario.workload.sgd;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.sgd.SgdProblemSection;
import trainyard.scenario.section.sgd.SgdProblemSection.Backend;
import trainyard.scenario.section.sgd.SgdProblemSection.Data;
import trainyard.scenario.source.Problem.Kind;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.metric.Wording;
import trainyard.sim.random.RandomStreams;
import trainyard.training.nativecode.NativeCodeException;
import trainyard.training.network.Dataset;
import trainyard.training.network.DatasetException;
import trainyard.training.network.Digits;
import trainyard.training.network.FashionMnist;
import trainyard.training.network.MarkovChain;
import trainyard.training.network.MarkovText;
import trainyard.training.network.NetworkBackend;
import trainyard.training.network.NetworkBackends;
import trainyard.training.network.NetworkSpec;
import trainyard.training.problem.DataOrder;
import trainyard.training.problem.Problem;
import trainyard.training.problem.ShuffledShards;

/** The networks of {@code sgd.problem}, with their data and what computes their gradients. */
final class SgdNetworks {

    /** One held-out sequence of a text for so many to train with. */
    private static final int HELD_OUT = 5;

    private SgdNetworks() {}

    /**
     * What makes the problem of a seed.
     *
     * @throws ScenarioException if the data or the backend are not there, or the backend has no such network
     */
    static Function<RandomStreams, Problem> bind(Values values, int workers) {
        NetworkSpec network = network(values);
        requireData(values);
        NetworkBackend backend = backend(values, network);
        double skew = values.get(SgdProblemSection.SKEW);
        Function<RandomStreams, Dataset> source = source(values);
        return streams -> {
            Dataset data = source.apply(streams);
            requireRowForEach(values, data, workers);
            return backend.problem(network, data, order(data, workers, skew, streams), streams);
        };
    }

    /** Perceptrons and convolutions learn from pictures, LSTM and transformers from text, and softmax from both. */
    private static void requireData(Values values) {
        boolean isText = values.get(SgdProblemSection.DATA) == Data.MARKOV_TEXT;
        SgdProblemSection.Kind kind = values.get(SgdProblemSection.KIND);
        boolean fits = switch (kind) {
            case MLP, CNN -> !isText;
            case LSTM, TRANSFORMER -> isText;
            default -> true;
        };
        if (!fits) {
            throw wrong(
                    values,
                    values.isWritten(SgdProblemSection.DATA) ? SgdProblemSection.DATA : SgdProblemSection.KIND,
                    "no " + ChoiceType.word(kind) + " learns from "
                            + ChoiceType.word(values.get(SgdProblemSection.DATA)),
                    isText ? "write data: digits, or kind: lstm" : "write data: markov-text, or kind: mlp");
        }
    }

    private static ScenarioException wrong(Values values, Field<?> field, String message, String hint) {
        return new ScenarioException(
                trainyard.scenario.source.Problem.at(values.position(field), Kind.VALUE, message, hint));
    }

    private static void requireRowForEach(Values values, Dataset data, int workers) {
        if (workers > data.rows()) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    values.position(),
                    Kind.PLAN,
                    data.rows() + " examples cannot be split among " + workers + " workers",
                    "write sgd.workers: " + data.rows() + " or fewer, or more examples"));
        }
    }

    private static DataOrder order(Dataset data, int workers, double skew, RandomStreams streams) {
        return data instanceof Dataset.Labelled labelled
                ? ShuffledShards.byLabel(labelled.train().labels(), workers, skew, streams)
                : ShuffledShards.split(data.rows(), workers, streams);
    }

    /**
     * What is trained.
     *
     * @throws ScenarioException if there is no network of such sizes
     */
    static NetworkSpec network(Values values) {
        try {
            return sized(values);
        } catch (IllegalArgumentException impossible) {
            throw wrong(
                    values,
                    SgdProblemSection.HIDDEN,
                    impossible.getMessage(),
                    "write other sizes, or leave hidden out");
        }
    }

    private static NetworkSpec sized(Values values) {
        return switch (values.get(SgdProblemSection.KIND)) {
            case MLP ->
                new NetworkSpec.Mlp(values.find(SgdProblemSection.HIDDEN)
                        .map(widths -> widths.stream().map(Math::toIntExact).toList())
                        .orElse(List.of(32)));
            case CNN -> {
                int[] sizes = sizes(values, 8, 32);
                yield new NetworkSpec.Cnn(sizes[0], sizes[1]);
            }
            case LSTM -> new NetworkSpec.Lstm(sizes(values, 32)[0]);
            case TRANSFORMER -> {
                int[] sizes = sizes(values, 32, 2);
                yield new NetworkSpec.Transformer(sizes[0], sizes[1]);
            }
            default -> new NetworkSpec.Softmax();
        };
    }

    private static int[] sizes(Values values, int... usual) {
        int[] sizes = values.find(SgdProblemSection.HIDDEN)
                .map(stated -> stated.stream().mapToInt(Math::toIntExact).toArray())
                .orElse(usual);
        if (sizes.length != usual.length) {
            throw wrong(
                    values,
                    SgdProblemSection.HIDDEN,
                    "this network takes " + Wording.counted(usual.length, "size") + ", and " + sizes.length
                            + (sizes.length == 1 ? " is stated" : " are stated"),
                    "write hidden: " + Arrays.toString(usual));
        }
        return sizes;
    }

    /** The data of a seed that nobody else has, for their shape. */
    static Dataset data(Values values) {
        return source(values).apply(new RandomStreams(0, 0));
    }

    /** Data that are read are the same in every replication; a text is drawn for each. */
    private static Function<RandomStreams, Dataset> source(Values values) {
        if (values.get(SgdProblemSection.DATA) == Data.MARKOV_TEXT) {
            MarkovText text = text(values);
            return text::draw;
        }
        Dataset data = read(values);
        return streams -> data;
    }

    private static MarkovText text(Values values) {
        int sequences = Math.toIntExact(values.get(SgdProblemSection.SEQUENCES));
        int symbols = Math.toIntExact(values.get(SgdProblemSection.SYMBOLS));
        double entropy = values.get(SgdProblemSection.ENTROPY);
        if (entropy >= Math.log(symbols)) {
            throw wrong(
                    values,
                    SgdProblemSection.ENTROPY,
                    symbols + " symbols have an entropy below " + (float) Math.log(symbols) + " nats",
                    "write less, or more symbols");
        }
        double least = MarkovChain.leastNats(symbols);
        if (entropy < least) {
            throw wrong(
                    values,
                    SgdProblemSection.ENTROPY,
                    "text of " + symbols + " symbols falls apart into few of them below " + (float) least + " nats",
                    "write entropy: " + (float) Math.ceil(100 * least) / 100 + " or more, or fewer symbols");
        }
        return new MarkovText(
                symbols,
                entropy,
                Math.toIntExact(values.get(SgdProblemSection.LENGTH)),
                sequences,
                Math.max(1, sequences / HELD_OUT));
    }

    private static Dataset read(Values values) {
        try {
            return values.get(SgdProblemSection.DATA) == Data.DIGITS
                    ? Digits.read()
                    : FashionMnist.read(folder(values), FashionMnist.TRAIN_ROWS, FashionMnist.TEST_ROWS);
        } catch (DatasetException | InvalidPathException missing) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    values.position(SgdProblemSection.DATA),
                    Kind.MISSING,
                    missing.getMessage(),
                    "write folder: where they are, or data: digits"));
        }
    }

    /** As the scenario names it, from the folder that it stands in. */
    private static Path folder(Values values) {
        Path scenario = Path.of(values.position(SgdProblemSection.DATA).source().name());
        return scenario.resolveSibling(values.find(SgdProblemSection.FOLDER).orElse(""));
    }

    private static NetworkBackend backend(Values values, NetworkSpec network) {
        Backend wanted = values.get(SgdProblemSection.BACKEND);
        String name = ChoiceType.word(wanted);
        NetworkBackend backend = named(values, name);
        if (!backend.supports(network)) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    values.position(SgdProblemSection.BACKEND),
                    Kind.VALUE,
                    "the backend " + name + " has no such network",
                    wanted == Backend.ARRAYS ? "write backend: dl4j" : "write another kind"));
        }
        return backend;
    }

    private static NetworkBackend named(Values values, String name) {
        try {
            return NetworkBackends.named(name);
        } catch (NativeCodeException missing) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    values.position(SgdProblemSection.BACKEND),
                    Kind.NATIVE,
                    missing.getMessage(),
                    "write backend: arrays, or " + missing.remedy()));
        }
    }
}
