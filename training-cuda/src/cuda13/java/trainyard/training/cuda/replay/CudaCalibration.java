package trainyard.training.cuda.replay;

import java.util.List;
import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.nativecode.NativeModule;
import trainyard.training.replay.KernelDevice;
import trainyard.training.replay.fit.ReplayCalibration;
import trainyard.training.replay.session.JobTraces;
import trainyard.training.replay.session.ReplaySession;

/** The GPU, for the command {@code calibrate --device cuda}. DL4J traces the jobs on the processor, the GPU replays them. */
public final class CudaCalibration implements CalibrationDevice {

    @Override
    public String name() {
        return "cuda";
    }

    /**
     * Opens the GPU, after one iteration on it was compared with plain arrays.
     *
     * @throws trainyard.training.nativecode.NativeCodeException if there is none that can be used
     * @throws ReplayCalibration.WrongResultException if it computes something else
     */
    @Override
    public Session open() {
        JobTraces traces = NativeModule.service(JobTraces.class, any -> true);
        KernelDevice device = OpenCuda.device();
        new ReplayCalibration(device, List.of(), () -> "").check();
        return new ReplaySession(device, traces);
    }
}
