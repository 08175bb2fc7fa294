package trainyard.training.cuda.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.calibration.measure.CalibrationDevice.Running;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.Work;
import trainyard.training.gpu.ComputeCapability;
import trainyard.training.gpu.GpuProbe;
import trainyard.training.nativecode.NativeCodeException;

class Dl4jGpuTest {

    /** Jobs of a backend of ND4J. */
    private record Jobs(String backend) implements Session {
        @Override
        public String method() {
            return "none";
        }

        @Override
        public String gpu() {
            return "";
        }

        @Override
        public Map<String, String> facts() {
            return Map.of("nd4j_backend", backend);
        }

        @Override
        public boolean supports(Work work) {
            return false;
        }

        @Override
        public Running start(Work work) {
            throw new IllegalArgumentException("no work");
        }

        @Override
        public boolean worksOnCallingThread() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static GpuSession session(String backend) {
        return new GpuSession(new Jobs(backend), new GpuProbe.Device("a GPU", new ComputeCapability(8, 6)));
    }

    @Test
    void theCommandFindsIt() {
        assertThat(ServiceLoader.load(CalibrationDevice.class))
                .extracting(CalibrationDevice::name)
                .containsExactly("cuda");
    }

    @Test
    void aMachineWithoutAGpuIsToldInOneSentence() {
        assumeFalse(Files.exists(Path.of("/proc/driver/nvidia/version")), "this machine has a driver");
        NativeCodeException none = catchThrowableOfType(NativeCodeException.class, () -> new Dl4jGpu().open());
        assertThat(none.getMessage())
                .hasLineCount(1)
                .containsAnyOf("a library of CUDA cannot be loaded", "finds no GPU");
        assertThat(none.remedy()).contains("calibrate --device cpu");
    }

    @Test
    void whatTheProcessorTookIsNoMeasureOfTheGpu() {
        session("JCublasBackend").requireGpu();
        assertThat(session("JCublasBackend").facts()).containsEntry("compute_capability", "8.6");
        assertThat(session("JCublasBackend").worksOnCallingThread()).isFalse();
        assertThatThrownBy(() -> session("CpuBackend").requireGpu())
                .isInstanceOf(NativeCodeException.class)
                .hasMessageContaining("its backend is CpuBackend");
    }
}
