package trainyard.training.dl4j.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.calibration.JobTerm;
import trainyard.training.calibration.OperationCounts;
import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.calibration.measure.CalibrationDevice.Running;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.calibration.measure.OptimizerStep;
import trainyard.training.calibration.measure.Work;
import trainyard.training.network.NetworkSpec;

class CpuDeviceTest {

    private static final List<Work.Job> JOBS = List.of(
            new Work.Job("mlp", new NetworkSpec.Mlp(List.of(8, 8)), new InputShape.Vector(8, 10), 4, OptimizerStep.SGD),
            new Work.Job("cnn", new NetworkSpec.Cnn(2, 16), new InputShape.Image(8, 8, 10), 4, OptimizerStep.ADAM),
            new Work.Job("lstm", new NetworkSpec.Lstm(8), new InputShape.Text(5, 6), 4, OptimizerStep.SGD),
            new Work.Job(
                    "transformer",
                    new NetworkSpec.Transformer(8, 2),
                    new InputShape.Text(5, 6),
                    4,
                    OptimizerStep.ADAM));

    private static Session session;

    @BeforeAll
    static void open() {
        session = new CpuDevice().open();
    }

    @Test
    void isFoundByItsWord() {
        assertThat(ServiceLoader.load(CalibrationDevice.class).stream()
                        .map(provider -> provider.get().name()))
                .contains("cpu");
    }

    @Test
    void runsEveryKindOfWork() {
        for (Work.Job job : JOBS) {
            repeat(job);
            boolean layered = !job.family().equals("transformer");
            assertThat(session.supports(new Work.Gradient(job))).isEqualTo(layered);
            if (layered) {
                repeat(new Work.Gradient(job));
            }
        }
        repeat(new Work.Gemm(4, 5, 6));
        repeat(new Work.Copy(1024));
        repeat(new Work.Dispatch());
    }

    private static void repeat(Work work) {
        assertThat(session.supports(work)).isTrue();
        try (Running running = session.start(work)) {
            running.repeat();
            running.repeat();
        }
    }

    @Test
    void saysWhatItRuns() {
        assertThat(session.facts())
                .containsEntry("nd4j", "1.0.0-M2.1")
                .containsEntry("omp_threads", "1")
                .containsEntry("nd4j_backend", "CpuBackend");
        assertThat(session.worksOnCallingThread()).isTrue();
        assertThat(session.gpu()).isEmpty();
    }

    /** Adam moves four values of 4 bytes more per parameter than descent does: that tells the parameters counted. */
    @Test
    void asManyParametersAreCountedAsTheNetworksHave() {
        for (Work.Job job : JOBS.subList(0, 3)) {
            double adam = parameterBytes(job, OptimizerStep.ADAM);
            double descent = parameterBytes(job, OptimizerStep.SGD);
            assertThat((adam - descent) / 16)
                    .as(job.name())
                    .isEqualTo(JobNetworks.network(job).numParams());
        }
    }

    private static double parameterBytes(Work.Job job, OptimizerStep optimizer) {
        return OperationCounts.of(new Work.Job(job.family(), job.network(), job.input(), job.batch(), optimizer))
                .of(JobTerm.PARAMETER_BYTE);
    }
}
