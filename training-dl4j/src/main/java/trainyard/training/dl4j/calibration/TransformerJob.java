package trainyard.training.dl4j.calibration;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import trainyard.training.calibration.measure.CalibrationDevice.Running;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.dl4j.Nd4jRuntime;
import trainyard.training.network.NetworkSpec;

/**
 * A transformer block with normalisation before each part (Xiong et al., "On layer normalization in the transformer
 * architecture", 2020) and softmax at each step, by SameDiff: the part of DL4J that has attention.
 */
final class TransformerJob implements Running {

    private static final int WIDENING = 4;
    private static final double WEIGHT = 0.05;

    private final SameDiff graph = SameDiff.create();
    private final DataSet batch;
    private final int width;
    private final int heads;
    private final int length;
    private final int examples;

    TransformerJob(NetworkSpec.Transformer block, InputShape.Text text, int examples, IUpdater updater) {
        this.width = block.width();
        this.heads = block.heads();
        this.length = text.length();
        this.examples = examples;
        int rows = examples * length;
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, rows, width);
        SDVariable labels = graph.placeHolder("labels", DataType.FLOAT, rows, text.classes());
        SDVariable attended = input.add(attention(normalised("norm 1", input)));
        SDVariable output = attended.add(wide(normalised("norm 2", attended)));
        SDVariable logits = output.mmul(weights("classes", width, text.classes()));
        graph.loss().softmaxCrossEntropy("loss", labels, logits, null);
        graph.setLossVariables("loss");
        graph.setTrainingConfig(new TrainingConfig.Builder()
                .updater(updater)
                .dataSetFeatureMapping("input")
                .dataSetLabelMapping("labels")
                .build());
        batch = new DataSet(Nd4j.rand(DataType.FLOAT, rows, width), JobNetworks.oneHot(rows, text.classes()));
        // The first iteration prints a line for every operation that it differentiates.
        Nd4jRuntime.silently(this::repeat);
    }

    private SDVariable weights(String name, int rows, int columns) {
        INDArray values = Nd4j.randn(DataType.FLOAT, rows, columns).muli(WEIGHT);
        return graph.var(name, values);
    }

    private SDVariable normalised(String name, SDVariable input) {
        SDVariable gain = graph.var(name + " gain", Nd4j.ones(DataType.FLOAT, width));
        SDVariable bias = graph.var(name + " bias", Nd4j.zeros(DataType.FLOAT, width));
        return graph.nn().layerNorm(input, gain, bias, true, 1);
    }

    private SDVariable attention(SDVariable input) {
        SDVariable queries = headed(input.mmul(weights("queries", width, width)));
        SDVariable keys = headed(input.mmul(weights("keys", width, width)));
        SDVariable values = headed(input.mmul(weights("values", width, width)));
        SDVariable scores = graph.linalg().matmul(queries, keys.permute(0, 1, 3, 2));
        SDVariable shares = graph.nn().softmax(scores.mul(1 / Math.sqrt((double) width / heads)), -1);
        SDVariable context =
                graph.linalg().matmul(shares, values).permute(0, 2, 1, 3).reshape(examples * length, width);
        return context.mmul(weights("attention", width, width));
    }

    private SDVariable headed(SDVariable rows) {
        return rows.reshape(examples, length, heads, width / heads).permute(0, 2, 1, 3);
    }

    private SDVariable wide(SDVariable input) {
        SDVariable inner = graph.nn().relu(input.mmul(weights("wide", width, WIDENING * width)), 0);
        return inner.mmul(weights("narrow", WIDENING * width, width));
    }

    @Override
    public void repeat() {
        graph.fit(batch);
    }

    @Override
    public void close() {
        // A graph has nothing to close; its arrays go with it.
    }
}
