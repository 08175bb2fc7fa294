package trainyard.training.cuda.replay;

import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Turns error codes into exceptions. */
final class Cuda {

    private static final int SUCCESS = 0;

    private Cuda() {}

    /** Of the runtime. */
    static void check(int status, String what) {
        if (status != SUCCESS) {
            throw failure(what, cudart.cudaGetErrorString(status).getString(), status);
        }
    }

    /** Of the driver. */
    static void checkDriver(int status, String what) {
        if (status != SUCCESS) {
            try (PointerPointer<BytePointer> text = new PointerPointer<>(1)) {
                boolean known = cudart.cuGetErrorString(status, text) == SUCCESS;
                throw failure(what, known ? text.get(BytePointer.class).getString() : "an unknown error", status);
            }
        }
    }

    /** Of cuBLAS. */
    static void checkBlas(int status, String what) {
        if (status != SUCCESS) {
            throw failure(what, cublas.cublasGetStatusString(status).getString(), status);
        }
    }

    private static IllegalStateException failure(String what, String why, int status) {
        return new IllegalStateException("the GPU cannot " + what + ": " + why + " (error " + status + ")");
    }
}
