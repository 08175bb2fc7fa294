package trainyard.training.cuda.dl4j;

import java.util.Optional;
import java.util.ServiceLoader;
import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.cuda.CudaProbe;
import trainyard.training.gpu.GpuGuard;
import trainyard.training.gpu.GpuPath;
import trainyard.training.gpu.GpuProbe;
import trainyard.training.nativecode.NativeCodeException;

/**
 * The GPU, for the command {@code calibrate --device cuda}: DL4J trains on it. Its jobs are those of the processor, since ND4J takes
 * the GPU wherever its backend for one is beside it.
 */
public final class Dl4jGpu implements CalibrationDevice {

    private static final String JOBS = "cpu";

    @Override
    public String name() {
        return "cuda";
    }

    /**
     * Opens the GPU, after its compute capability was read: ND4J starts on a GPU that it has no kernels for, and fails later.
     *
     * @throws NativeCodeException if there is none that can be used
     */
    @Override
    public Session open() {
        GpuProbe found = CudaProbe.probe();
        GpuGuard.path(found, Optional.of(GpuPath.DL4J));
        Session jobs = ServiceLoader.load(CalibrationDevice.class, Dl4jGpu.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(device -> device.name().equals(JOBS))
                .findFirst()
                .orElseThrow(() -> new NativeCodeException(
                        "the jars of DL4J are not beside those for the GPU", "start ./trainyard from its folder"))
                .open();
        GpuSession session = new GpuSession(jobs, (GpuProbe.Device) found);
        session.requireGpu();
        return session;
    }
}
