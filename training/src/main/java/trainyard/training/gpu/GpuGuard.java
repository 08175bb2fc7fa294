package trainyard.training.gpu;

import java.util.Arrays;
import java.util.Optional;
import trainyard.training.nativecode.NativeCodeException;

/** Says no before a library is started that would fail later, and less clearly. */
public final class GpuGuard {

    private static final String OR_CPU = ", or calibrate the processor: calibrate --device cpu";

    private static final String BUILD =
            "build with mvn -q -Dquick -Dmaven.test.skip=true -pl training-cuda -am package -P";

    private GpuGuard() {}

    /**
     * The way to measure a GPU.
     *
     * @param built what the build has; empty where it was built without a GPU
     * @return {@code built}, where it runs on the GPU that was found
     * @throws NativeCodeException if there is no GPU, a library is missing, or the GPU is none for this build
     */
    public static GpuPath path(GpuProbe probe, Optional<GpuPath> built) {
        GpuPath path = built.orElseThrow(GpuGuard::notBuilt);
        if (probe instanceof GpuProbe.Device device && path.runsOn(device.capability())) {
            return path;
        }
        throw refuse(probe, path);
    }

    /** Why what was found cannot be measured by a build. */
    public static NativeCodeException refuse(GpuProbe probe, GpuPath path) {
        if (probe instanceof GpuProbe.NoLibrary missing) {
            return new NativeCodeException(
                    "no GPU can be used, since a library of CUDA cannot be loaded: " + missing.message(),
                    "install the driver of the GPU and the libraries of CUDA " + version(path)
                            + ", and name their folders in LD_LIBRARY_PATH" + OR_CPU);
        } else if (probe instanceof GpuProbe.NoDevice none) {
            return new NativeCodeException(
                    "the driver finds no GPU: " + none.message(), "see what nvidia-smi lists" + OR_CPU);
        }
        return unsupported((GpuProbe.Device) probe, path);
    }

    /** What a build without a GPU says. */
    public static NativeCodeException notBuilt() {
        return new NativeCodeException(
                "this build has no code for GPUs",
                BUILD + GpuPath.REPLAY.profile() + " for compute capability 7.5 and newer, or with -P"
                        + GpuPath.DL4J.profile() + " for 3.7 to 8.9" + OR_CPU);
    }

    private static NativeCodeException unsupported(GpuProbe.Device device, GpuPath path) {
        String message = device.name() + " has compute capability " + device.capability() + ", for which "
                + path.description() + ", has no code";
        return Arrays.stream(GpuPath.values())
                .filter(other -> other.runsOn(device.capability()))
                .findFirst()
                .map(other -> new NativeCodeException(message, BUILD + other.profile() + OR_CPU))
                .orElseGet(() -> new NativeCodeException(message, "take another GPU" + OR_CPU));
    }

    private static String version(GpuPath path) {
        return path == GpuPath.DL4J ? "11.6" : "13";
    }
}
