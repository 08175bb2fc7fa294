package trainyard.training.cuda.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;

/** The kernels of {@code kernels.ptx}, which the driver translates for its GPU. */
final class CudaModule implements AutoCloseable {

    private static final String TEXT = "kernels.ptx";

    private final CUmod_st module = new CUmod_st();
    private final Map<String, CUfunc_st> functions = new HashMap<>();

    CudaModule() {
        try (BytePointer text = new BytePointer(text())) {
            Cuda.checkDriver(cudart.cuModuleLoadData(module, text), "load " + TEXT);
        }
    }

    /** Text that ends with a zero, as the driver wants it. */
    private static byte[] text() {
        try (InputStream resource = CudaModule.class.getResourceAsStream(TEXT)) {
            return (new String(resource.readAllBytes(), StandardCharsets.US_ASCII) + '\0')
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A kernel by its name. */
    CUfunc_st function(String name) {
        return functions.computeIfAbsent(name, key -> {
            CUfunc_st function = new CUfunc_st();
            Cuda.checkDriver(cudart.cuModuleGetFunction(function, module, key), "find kernel " + key);
            return function;
        });
    }

    @Override
    public void close() {
        Cuda.checkDriver(cudart.cuModuleUnload(module), "unload " + TEXT);
    }
}
