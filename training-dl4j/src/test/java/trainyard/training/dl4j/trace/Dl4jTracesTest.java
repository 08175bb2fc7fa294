package trainyard.training.dl4j.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.calibration.measure.OptimizerStep;
import trainyard.training.calibration.measure.Work;
import trainyard.training.dl4j.Nd4jRuntime;
import trainyard.training.network.NetworkSpec;
import trainyard.training.replay.ArrayDevice;
import trainyard.training.replay.Kernel;
import trainyard.training.replay.KernelTrace;
import trainyard.training.replay.KernelTraceFile;
import trainyard.training.replay.MatrixMath;
import trainyard.training.replay.PerceptronIteration;
import trainyard.training.replay.TraceReplay;

class Dl4jTracesTest {

    private static final Map<String, Work.Job> JOBS = List.of(
                    new Work.Job(
                            "mlp",
                            new NetworkSpec.Mlp(List.of(128, 96)),
                            new InputShape.Vector(64, 10),
                            32,
                            OptimizerStep.ADAM),
                    new Work.Job(
                            "cnn", new NetworkSpec.Cnn(8, 64), new InputShape.Image(28, 28, 10), 32, OptimizerStep.SGD),
                    new Work.Job("lstm", new NetworkSpec.Lstm(24), new InputShape.Text(5, 16), 32, OptimizerStep.ADAM),
                    new Work.Job(
                            "transformer",
                            new NetworkSpec.Transformer(32, 4),
                            new InputShape.Text(16, 16),
                            2,
                            OptimizerStep.ADAM))
            .stream()
            .collect(Collectors.toMap(Work.Job::family, job -> job));

    private static final Map<String, KernelTrace> TRACES = new TreeMap<>();

    @BeforeAll
    static void start() {
        Nd4jRuntime.start();
    }

    private static KernelTrace trace(String family) {
        return TRACES.computeIfAbsent(family, key -> new Dl4jTraces().trace(JOBS.get(key)));
    }

    /** Calls by sizes of the result, in either order, and length of the sums. */
    private static Map<String, Integer> calls(KernelTrace trace) {
        Map<String, Integer> calls = new TreeMap<>();
        for (Kernel.Gemm gemm : trace.gemms()) {
            String sizes = Math.min(gemm.m(), gemm.n()) + "," + Math.max(gemm.m(), gemm.n()) + "," + gemm.k();
            calls.merge(sizes, gemm.batch(), Integer::sum);
        }
        return calls;
    }

    /** What a shim before OpenBLAS saw, of November 2026: src/test/c/sgemm_shim.c. */
    private static Map<String, Integer> callsOfBlas(String family) throws IOException {
        Map<String, Integer> calls = new TreeMap<>();
        try (InputStream in = Dl4jTracesTest.class.getResourceAsStream("sgemm_calls.csv")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith(family + ",")) {
                    int last = line.lastIndexOf(',');
                    calls.put(line.substring(family.length() + 1, last), Integer.parseInt(line.substring(last + 1)));
                }
            }
        }
        return calls;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "cnn", "lstm", "transformer"})
    void aTraceHasTheProductsThatBlasWasAskedFor(String family) throws IOException {
        assertThat(calls(trace(family))).isEqualTo(callsOfBlas(family)).isNotEmpty();
    }

    @Test
    void aDenseLayerMultipliesFourTimesAndTakesElevenOperations() {
        KernelTrace trace = trace("mlp");

        assertThat(trace.flops()).isEqualTo(8.0 * 32 * (64 * 128 + 128 * 96 + 96 * 10));
        assertThat(trace.kernels()).hasSize(22 + 11 * 2).contains(new Kernel.Adam(trace.parameters()));
        assertThat(trace.parameters()).isEqualTo(64 * 128 + 128 + 128 * 96 + 96 + 96 * 10 + 10);
        assertThat(trace.framework()).startsWith("DL4J 1.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "cnn", "lstm", "transformer"})
    void aTraceSurvivesItsFileAndCanBeReplayed(String family) {
        KernelTrace trace = trace(family);
        assertThat(KernelTraceFile.parse(family, KernelTraceFile.text(trace))).isEqualTo(trace);

        int[] iterations = {0};
        new TraceReplay(new ArrayDevice(System::nanoTime))
                .measure(trace, MatrixMath.FP32, 0, 0, 1, sample -> iterations[0]++);
        assertThat(iterations[0]).isEqualTo(1);
    }

    @Test
    void theChainOfKernelsOfAPerceptronComputesDl4jsGradients() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.FLOAT)
                .activation(Activation.RELU)
                .list()
                .layer(new DenseLayer.Builder().nIn(12).nOut(9).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(9)
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        INDArray inputs = Nd4j.randn(DataType.FLOAT, 6, 12);
        INDArray targets = Nd4j.zeros(DataType.FLOAT, 6, 4);
        for (int row = 0; row < 6; row++) {
            targets.putScalar(row, row % 4, 1);
        }
        network.setInput(inputs);
        network.setLabels(targets);
        network.computeGradientAndScore();

        PerceptronIteration.Gradients gradients = PerceptronIteration.run(
                new ArrayDevice(() -> 0),
                MatrixMath.FP32,
                new PerceptronIteration.Values(
                        List.of(12, 9, 4),
                        6,
                        rows(inputs),
                        rows(targets),
                        List.of(rows(network.getParam("0_W")), rows(network.getParam("1_W"))),
                        List.of(rows(network.getParam("0_b")), rows(network.getParam("1_b")))));

        for (int layer = 0; layer < 2; layer++) {
            Map<String, INDArray> expected = network.gradient().gradientForVariable();
            assertThat(gradients.weights().get(layer)).containsExactly(rows(expected.get(layer + "_W")), within(1e-5f));
            assertThat(gradients.biases().get(layer)).containsExactly(rows(expected.get(layer + "_b")), within(1e-5f));
        }
    }

    private static float[] rows(INDArray array) {
        return array.dup('c').data().asFloat();
    }
}
