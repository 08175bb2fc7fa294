package trainyard.training.dl4j.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;
import trainyard.training.calibration.measure.CalibrationDevice.Running;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.calibration.measure.OptimizerStep;
import trainyard.training.calibration.measure.Work;
import trainyard.training.dl4j.Dl4jBackend;
import trainyard.training.dl4j.Replica;
import trainyard.training.dl4j.calibration.CpuDevice;
import trainyard.training.network.Dataset;
import trainyard.training.network.Digits;
import trainyard.training.network.NetworkSpec;
import trainyard.training.problem.ShuffledShards;

/** What a calibration times of a gradient is what a process of a real run does. */
class CalibratedPathTest {

    private static final int BATCH = 4;

    /** The operations of an update of a run on the digits, exchange left out. */
    private static List<String> run(NetworkSpec network) {
        Dataset.Labelled data = Digits.read();
        RandomStreams streams = new RandomStreams(1, 0);
        double[] start = new Dl4jBackend()
                .problem(network, data, ShuffledShards.everyRow(data.rows(), streams), streams)
                .start();
        Replica replica = Replica.of(network, data, start);
        Replica.Batch batch = Replica.Batch.of(data, IntStream.range(0, BATCH).toArray());
        float[] gradient = new float[replica.parameters()];
        Runnable update = () -> {
            replica.gradient(batch, gradient);
            replica.descend(gradient, 0.1);
        };
        update.run();
        return words(ExecutionerTap.during(update));
    }

    private static List<String> calibration(NetworkSpec network, InputShape shape) {
        Work.Job job = new Work.Job("job", network, shape, BATCH, OptimizerStep.SGD);
        try (Session session = new CpuDevice().open();
                Running running = session.start(new Work.Gradient(job))) {
            running.repeat();
            return words(ExecutionerTap.during(running::repeat));
        }
    }

    private static List<String> words(List<Operation> operations) {
        return operations.stream().map(Operation::toString).toList();
    }

    @Test
    void ofAPerceptron() {
        NetworkSpec network = new NetworkSpec.Mlp(List.of(8, 6));
        assertThat(calibration(network, new InputShape.Vector(64, 10)))
                .hasSizeGreaterThan(10)
                .isEqualTo(run(network));
    }

    @Test
    void ofConvolutions() {
        NetworkSpec network = new NetworkSpec.Cnn(2, 6);
        assertThat(calibration(network, new InputShape.Image(8, 8, 10)))
                .hasSizeGreaterThan(10)
                .isEqualTo(run(network));
    }
}
