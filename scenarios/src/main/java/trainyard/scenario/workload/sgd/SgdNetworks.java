package trainyard.scenario.workload.sgd;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.function.Function;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.SgdProblemSection;
import trainyard.scenario.section.SgdProblemSection.Backend;
import trainyard.scenario.section.SgdProblemSection.Data;
import trainyard.scenario.source.Problem.Kind;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.random.RandomStreams;
import trainyard.training.network.Dataset;
import trainyard.training.network.DatasetException;
import trainyard.training.network.Digits;
import trainyard.training.network.FashionMnist;
import trainyard.training.network.NetworkBackend;
import trainyard.training.network.NetworkSpec;
import trainyard.training.problem.DataOrder;
import trainyard.training.problem.Problem;
import trainyard.training.problem.ShuffledShards;

/** The networks of {@code sgd.problem}, with their data and what computes their gradients. */
final class SgdNetworks {

    private SgdNetworks() {}

    /**
     * What makes the problem of a seed.
     *
     * @throws ScenarioException if data or backend are not there, or do not fit the network
     */
    static Function<RandomStreams, Problem> bind(Values values, int workers) {
        NetworkSpec network = network(values);
        Dataset data = data(values);
        NetworkBackend backend = backend(values, network);
        double skew = values.get(SgdProblemSection.SKEW);
        return streams -> backend.problem(network, data, order(data, workers, skew, streams), streams);
    }

    private static DataOrder order(Dataset data, int workers, double skew, RandomStreams streams) {
        return data instanceof Dataset.Labelled labelled
                ? ShuffledShards.byLabel(labelled.train().labels(), workers, skew, streams)
                : ShuffledShards.split(data.rows(), workers, streams);
    }

    private static NetworkSpec network(Values values) {
        return switch (values.get(SgdProblemSection.KIND)) {
            case MLP -> new NetworkSpec.Mlp(values.find(SgdProblemSection.HIDDEN)
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
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    values.position(SgdProblemSection.HIDDEN),
                    Kind.VALUE,
                    "this network takes " + usual.length + " sizes, and " + sizes.length + " are stated",
                    "write hidden: " + Arrays.toString(usual)));
        }
        return sizes;
    }

    private static Dataset data(Values values) {
        Data data = values.get(SgdProblemSection.DATA);
        try {
            return switch (data) {
                case DIGITS -> Digits.read();
                case FASHION_MNIST -> FashionMnist.read(
                        Path.of(values.find(SgdProblemSection.FOLDER).orElse("")),
                        FashionMnist.TRAIN_ROWS,
                        FashionMnist.TEST_ROWS);
                case MARKOV_TEXT -> throw new DatasetException("markov-text is not there yet");
            };
        } catch (DatasetException missing) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    values.position(SgdProblemSection.DATA), Kind.VALUE, missing.getMessage(), "write data: digits"));
        }
    }

    private static NetworkBackend backend(Values values, NetworkSpec network) {
        Backend wanted = values.get(SgdProblemSection.BACKEND);
        String name = ChoiceType.word(wanted);
        NetworkBackend backend = ServiceLoader.load(NetworkBackend.class).stream()
                .map(Provider::get)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ScenarioException(trainyard.scenario.source.Problem.at(
                        values.position(SgdProblemSection.BACKEND),
                        Kind.VALUE,
                        "no backend " + name + " is there",
                        "write backend: arrays")));
        if (!backend.supports(network)) {
            throw new ScenarioException(trainyard.scenario.source.Problem.at(
                    values.position(SgdProblemSection.BACKEND),
                    Kind.VALUE,
                    "the backend " + name + " has no such network",
                    wanted == Backend.ARRAYS ? "write backend: dl4j" : "write another kind"));
        }
        return backend;
    }
}
