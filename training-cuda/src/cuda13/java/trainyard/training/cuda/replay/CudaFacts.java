package trainyard.training.cuda.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.SizeTPointer;

/** What GPU, driver and libraries say of themselves. */
final class CudaFacts {

    /** Ampere, the first generation that multiplies TF32 and bfloat16. */
    static final int FIRST_WITH_TF32 = 8;

    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
    private static final Pattern DRIVER_VERSION = Pattern.compile("\\b(\\d+\\.\\d+(?:\\.\\d+)?)\\b");
    private static final int NAME_BYTES = 256;

    private CudaFacts() {}

    static Map<String, String> of(cublasContext handle) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("gpu", name());
        facts.put("compute_capability", major() + "." + attribute(cudart.cudaDevAttrComputeCapabilityMinor));
        facts.put("sms", Integer.toString(attribute(cudart.cudaDevAttrMultiProcessorCount)));
        facts.put("memory_bytes", Long.toString(totalBytes()));
        facts.put("driver", driver());
        facts.put("cuda_driver", version(driverApi()));
        facts.put("cuda_runtime", version(runtime()));
        facts.put("cublas", Integer.toString(blas(handle)));
        return facts;
    }

    static int major() {
        return attribute(cudart.cudaDevAttrComputeCapabilityMajor);
    }

    private static String name() {
        byte[] name = new byte[NAME_BYTES];
        Cuda.checkDriver(cudart.cuDeviceGetName(name, NAME_BYTES, 0), "tell its name");
        return new String(name, StandardCharsets.UTF_8).trim();
    }

    private static int attribute(int number) {
        int[] value = new int[1];
        Cuda.check(cudart.cudaDeviceGetAttribute(value, number, 0), "tell an attribute");
        return value[0];
    }

    private static long totalBytes() {
        try (SizeTPointer free = new SizeTPointer(1);
                SizeTPointer total = new SizeTPointer(1)) {
            Cuda.check(cudart.cudaMemGetInfo(free, total), "tell its memory");
            return total.get();
        }
    }

    /** Version of the driver's package, which only its module of the kernel tells. */
    private static String driver() {
        try {
            Matcher version = DRIVER_VERSION.matcher(Files.readString(DRIVER));
            return version.find() ? version.group(1) : "";
        } catch (IOException absent) {
            return "";
        }
    }

    private static int driverApi() {
        int[] version = new int[1];
        Cuda.check(cudart.cudaDriverGetVersion(version), "tell its version");
        return version[0];
    }

    private static int runtime() {
        int[] version = new int[1];
        Cuda.check(cudart.cudaRuntimeGetVersion(version), "tell its version");
        return version[0];
    }

    private static int blas(cublasContext handle) {
        int[] version = new int[1];
        Cuda.checkBlas(cublas.cublasGetVersion_v2(handle, version), "tell the version of cuBLAS");
        return version[0];
    }

    /** CUDA writes 13.0 as 13000. */
    private static String version(int number) {
        return number / 1000 + "." + number % 1000 / 10;
    }
}
