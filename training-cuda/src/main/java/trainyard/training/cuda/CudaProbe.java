package trainyard.training.cuda;

import java.nio.charset.StandardCharsets;
import org.bytedeco.cuda.global.cudart;
import trainyard.training.gpu.ComputeCapability;
import trainyard.training.gpu.GpuProbe;

/** Reads number, name and compute capability of GPUs. None of the calls starts a kernel or takes memory of a GPU. */
public final class CudaProbe {

    private static final int SUCCESS = 0;
    private static final int NAME_BYTES = 256;

    private CudaProbe() {}

    /** What there is: the first GPU, or why there is none. */
    public static GpuProbe probe() {
        try {
            int[] count = new int[1];
            int status = cudart.cudaGetDeviceCount(count);
            if (status != SUCCESS) {
                return new GpuProbe.NoDevice(
                        cudart.cudaGetErrorString(status).getString() + " (error " + status + " of CUDA)");
            }
            return count[0] == 0 ? new GpuProbe.NoDevice("it counts 0") : device();
        } catch (LinkageError missing) {
            return new GpuProbe.NoLibrary(rootOf(missing));
        }
    }

    private static GpuProbe device() {
        byte[] name = new byte[NAME_BYTES];
        cudart.cuInit(0);
        cudart.cuDeviceGetName(name, NAME_BYTES, 0);
        return new GpuProbe.Device(
                new String(name, StandardCharsets.UTF_8).trim(),
                new ComputeCapability(
                        attribute(cudart.cudaDevAttrComputeCapabilityMajor),
                        attribute(cudart.cudaDevAttrComputeCapabilityMinor)));
    }

    private static int attribute(int number) {
        int[] value = new int[1];
        int status = cudart.cudaDeviceGetAttribute(value, number, 0);
        if (status != SUCCESS) {
            throw new IllegalStateException("CUDA does not tell attribute " + number + " of the GPU: error " + status);
        }
        return value[0];
    }

    /** The first line of the loader's own message, which names the library. */
    public static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
