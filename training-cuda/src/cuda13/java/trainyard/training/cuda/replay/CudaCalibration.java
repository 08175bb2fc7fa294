package trainyard.training.cuda.replay;

import java.util.List;
import java.util.ServiceLoader;
import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.nativecode.NativeCodeException;
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
     * @throws NativeCodeException if there is none that can be used, or it computes something else
     */
    @Override
    public Session open() {
        KernelDevice device = OpenCuda.device();
        try {
            new ReplayCalibration(device, List.of(), () -> "").check();
            return new ReplaySession(device, traces());
        } catch (ReplayCalibration.WrongResultException wrong) {
            device.close();
            throw new NativeCodeException(
                    wrong.getMessage(),
                    "see whether driver and libraries of CUDA fit each other, or calibrate the processor: calibrate --device cpu",
                    wrong);
        }
    }

    private static JobTraces traces() {
        return ServiceLoader.load(JobTraces.class, CudaCalibration.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new NativeCodeException(
                        "the jars of DL4J, which traces jobs, are not beside those for the GPU",
                        "start ./trainyard from its folder"));
    }
}
