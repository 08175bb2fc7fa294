package trainyard.training.cuda.replay;

import java.util.Optional;
import trainyard.training.cuda.CudaProbe;
import trainyard.training.gpu.GpuGuard;
import trainyard.training.gpu.GpuPath;
import trainyard.training.gpu.GpuProbe;
import trainyard.training.nativecode.NativeCodeException;

/** Opens the GPU behind its guard. */
final class OpenCuda {

    private OpenCuda() {}

    /**
     * A device that is there and has code for its GPU.
     *
     * @throws NativeCodeException if there is none
     */
    static CudaDevice device() {
        GpuGuard.path(CudaProbe.probe(), Optional.of(GpuPath.REPLAY));
        try {
            return new CudaDevice();
        } catch (LinkageError missing) {
            throw GpuGuard.refuse(new GpuProbe.NoLibrary(CudaProbe.rootOf(missing)), GpuPath.REPLAY);
        } catch (IllegalStateException refused) {
            throw GpuGuard.refuse(new GpuProbe.NoDevice(refused.getMessage()), GpuPath.REPLAY);
        }
    }
}
