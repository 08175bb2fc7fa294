package trainyard.training.cuda.replay;

import java.io.IOException;
import java.nio.file.Path;
import trainyard.training.replay.ReplaySuite;
import trainyard.training.replay.fit.ReplayCalibration;
import trainyard.training.replay.session.KernelTraceFolder;

/** A calibration of sizes that a processor emulates in a moment. */
final class SmallReplay {

    private SmallReplay() {}

    public static void main(String[] arguments) throws IOException {
        KernelTraceFolder traces = new KernelTraceFolder(Path.of(arguments[0]));
        try (CudaDevice device = OpenCuda.device()) {
            ReplayCalibration calibration = new ReplayCalibration(device, traces.all(), () -> "2026-11-29T00:00:00Z");
            calibration.check();
            ReplaySuite suite = new ReplaySuite(device, traces.all(), 1, 128, 1 << 22);
            calibration.measure(suite, "emulation", Path.of(arguments[1]), () -> {});
        }
    }
}
