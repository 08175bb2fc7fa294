package trainyard.training.dl4j;

import static trainyard.training.network.InitialWeights.glorot;
import static trainyard.training.network.InitialWeights.he;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import trainyard.training.network.Dataset;
import trainyard.training.network.NetworkSpec;

/**
 * An embedding of symbols and of their places, one causal transformer block with its norms in front (Xiong et al. 2020, arXiv
 * 2002.04745), a last norm and softmax. The block is attention, then two dense layers, the first four times as wide with ReLU,
 * each added to its input. It is a graph of ND4J's operations: DL4J's attention layers look at later symbols too, and a layer
 * of one's own inside its networks gives twice the gradient (1.0.0-M2.1).
 */
final class TransformerNetwork implements Computation {
    private static final int WIDER = 4;
    /** Standard deviation of embeddings, as in GPT-2 (Radford et al. 2019). */
    private static final double EMBEDDING = 0.02;
    /** Added to what must not be looked at; its exponential is 0. */
    private static final double HIDDEN = -1e9;

    private static final String INPUTS = "inputs";
    private static final String OUTPUTS = "outputs";
    private static final String PROBABILITIES = "probabilities";
    private static final String LOSS = "loss";

    private final int symbols;
    private final int length;
    private final int width;
    private final int heads;
    private final List<Part> parts;
    private final String[] names;
    private final SameDiff graph = SameDiff.create();

    TransformerNetwork(NetworkSpec.Transformer transformer, Dataset.Text text) {
        symbols = text.classes();
        length = text.length();
        width = transformer.width();
        heads = transformer.heads();
        parts = parts();
        names = parts.stream().map(Part::key).toArray(String[]::new);
        for (Part part : parts) {
            graph.var(part.key(), Nd4j.zeros(DataType.DOUBLE, shape(part)));
        }
        SDVariable logits = logits(graph.placeHolder(INPUTS, DataType.DOUBLE, -1, symbols, length));
        SDVariable labels = steps(graph.placeHolder(OUTPUTS, DataType.DOUBLE, -1, symbols, length), symbols);
        SDVariable probabilities = graph.reshape(graph.nn().softmax(logits, -1), -1, length, symbols);
        graph.permute(PROBABILITIES, probabilities, 0, 2, 1);
        graph.nn().logSoftmax(logits).mul(labels).sum().neg(LOSS);
        graph.setLossVariables(LOSS);
        Nd4jRuntime.silently(() -> graph.createGradFunction(names));
    }

    private static long[] shape(Part part) {
        long columns = part.block().columns();
        return part.key().endsWith("gains") || part.key().endsWith("biases")
                ? new long[] {columns}
                : new long[] {part.block().rows(), columns};
    }

    @Override
    public List<Part> parts() {
        Part.Sequence all = new Part.Sequence().layer();
        add(all, "embedding", symbols, width, Part.Start.normal(EMBEDDING));
        add(all, "places", length, width, Part.Start.normal(EMBEDDING));
        addNorm(all.layer(), "attention norm");
        for (String name : List.of("query", "key", "value", "projection")) {
            addDense(all, name, width, width, glorot(width, width));
        }
        addNorm(all.layer(), "feed-forward norm");
        addDense(all, "feed-forward 1", width, WIDER * width, he(width));
        addDense(all, "feed-forward 2", WIDER * width, width, glorot(WIDER * width, width));
        addNorm(all.layer(), "last norm");
        addDense(all, "output", width, symbols, glorot(width, symbols));
        return all.all();
    }

    private static void add(Part.Sequence all, String name, int rows, int columns, Part.Start start) {
        all.add(name, rows, columns, 0, name, start);
    }

    private void addNorm(Part.Sequence all, String name) {
        add(all, name + " gains", 1, width, Part.Start.constant(1));
        add(all, name + " biases", 1, width, Part.Start.constant(0));
    }

    private static void addDense(Part.Sequence all, String name, int inputs, int units, double deviation) {
        add(all, name + " weights", inputs, units, Part.Start.normal(deviation));
        add(all, name + " biases", 1, units, Part.Start.constant(0));
    }

    private SDVariable logits(SDVariable input) {
        SDVariable embedded = graph.mmul(steps(input, symbols), graph.getVariable("embedding"));
        SDVariable placed = graph.reshape(embedded, -1, length, width).add(graph.getVariable("places"));
        SDVariable stream = graph.reshape(placed, -1, width);
        stream = stream.add(attention(norm(stream, "attention norm")));
        SDVariable hidden = graph.nn().relu(dense(norm(stream, "feed-forward norm"), "feed-forward 1"), 0);
        stream = stream.add(dense(hidden, "feed-forward 2"));
        return dense(norm(stream, "last norm"), "output");
    }

    /** One row for each step of each example. */
    private SDVariable steps(SDVariable examples, int values) {
        return graph.reshape(graph.permute(examples, 0, 2, 1), -1, values);
    }

    private SDVariable attention(SDVariable stream) {
        SDVariable query = perHead(dense(stream, "query"));
        SDVariable key = perHead(dense(stream, "key"));
        SDVariable value = perHead(dense(stream, "value"));
        SDVariable scores = graph.mmul(query, graph.permute(key, 0, 1, 3, 2))
                .mul(1 / Math.sqrt((double) width / heads))
                .add(graph.constant(later()));
        SDVariable seen = graph.mmul(graph.nn().softmax(scores, -1), value);
        return dense(graph.reshape(graph.permute(seen, 0, 2, 1, 3), -1, width), "projection");
    }

    /** One matrix of steps for each example and head. */
    private SDVariable perHead(SDVariable stream) {
        return graph.permute(graph.reshape(stream, -1, length, heads, width / heads), 0, 2, 1, 3);
    }

    /** 0 where a step may look and {@link #HIDDEN} where it would look at a later one. */
    private INDArray later() {
        double[][] mask = new double[length][length];
        for (int step = 0; step < length; step++) {
            for (int other = step + 1; other < length; other++) {
                mask[step][other] = HIDDEN;
            }
        }
        return Nd4j.createFromArray(mask).reshape(1, 1, length, length);
    }

    private SDVariable dense(SDVariable input, String name) {
        return graph.mmul(input, graph.getVariable(name + " weights")).add(graph.getVariable(name + " biases"));
    }

    private SDVariable norm(SDVariable input, String name) {
        return graph.nn()
                .layerNorm(input, graph.getVariable(name + " gains"), graph.getVariable(name + " biases"), false, 1);
    }

    @Override
    public void at(double[] parameters) {
        for (Part part : parts) {
            double[] own = Arrays.copyOfRange(
                    parameters, part.block().offset(), part.block().end());
            graph.getVariable(part.key())
                    .getArr()
                    .assign(Nd4j.createFromArray(own).reshape('c', shape(part)));
        }
    }

    @Override
    public void gradient(INDArray inputs, INDArray outputs, double factor, double[] gradient) {
        Map<String, INDArray> gradients = graph.calculateGradients(Map.of(INPUTS, inputs, OUTPUTS, outputs), names);
        for (Part part : parts) {
            double[] own = gradients.get(part.key()).dup('c').data().asDouble();
            for (int i = 0; i < own.length; i++) {
                gradient[part.block().offset() + i] = factor * own[i];
            }
        }
    }

    @Override
    public INDArray probabilities(INDArray inputs) {
        return graph.outputSingle(Map.of(INPUTS, inputs), PROBABILITIES);
    }
}
