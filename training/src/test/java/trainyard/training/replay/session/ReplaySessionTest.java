package trainyard.training.replay.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.calibration.measure.OptimizerStep;
import trainyard.training.calibration.measure.Work;
import trainyard.training.network.NetworkSpec;
import trainyard.training.replay.ArrayDevice;
import trainyard.training.replay.Kernel;
import trainyard.training.replay.KernelTrace;

class ReplaySessionTest {

    private static final Work.Job JOB =
            new Work.Job("mlp", new NetworkSpec.Mlp(List.of(8)), new InputShape.Vector(8, 4), 2, OptimizerStep.ADAM);
    private static final Work.Job OTHER =
            new Work.Job("mlp", new NetworkSpec.Mlp(List.of(9)), new InputShape.Vector(8, 4), 2, OptimizerStep.ADAM);
    private static final KernelTrace TRACE =
            new KernelTrace(JOB.name(), "by hand", "8-8-4", 2, 108, List.of(new Kernel.Gemm(2, 8, 8, false, false)));

    private static final JobTraces TRACES = new JobTraces() {
        @Override
        public boolean has(Work.Job job) {
            return job.equals(JOB);
        }

        @Override
        public KernelTrace trace(Work.Job job) {
            return TRACE;
        }
    };

    @Test
    void aFolderHoldsTheTracesThatThereAre(@TempDir Path folder) {
        KernelTraceFolder traces = new KernelTraceFolder(folder.resolve("traces"));

        traces.write(TRACES, List.of(JOB, OTHER));

        assertThat(traces.has(JOB)).isTrue();
        assertThat(traces.has(OTHER)).isFalse();
        assertThat(traces.trace(JOB)).isEqualTo(TRACE);
        assertThat(traces.all()).containsExactly(TRACE);
    }

    @Test
    void allWorkOfACalibrationIsDoneOnceAtEachRepetition() {
        List<String> timed = new ArrayList<>();
        ArrayDevice device = new ArrayDevice(() -> {
            timed.add("tick");
            return 0;
        });
        try (CalibrationDevice.Session session = new ReplaySession(device, TRACES)) {
            assertThat(session.supports(OTHER)).isFalse();
            for (Work work : List.of(JOB, new Work.Gemm(3, 4, 5), new Work.Copy(64), new Work.Dispatch())) {
                assertThat(session.supports(work)).isTrue();
                timed.clear();
                try (CalibrationDevice.Running running = session.start(work)) {
                    running.repeat();
                    running.repeat();
                }
                assertThat(timed).hasSize(4);
            }
        }
    }
}
