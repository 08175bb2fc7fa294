package trainyard.training.cuda.replay;

import java.nio.FloatBuffer;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import trainyard.training.replay.HostArray;
import trainyard.training.replay.Kernel;

/** Memory of the host outside the heap of Java, pinned or not. */
final class CudaHostArray implements HostArray {

    private final FloatPointer pointer;
    private final boolean pinned;
    private final int floats;

    CudaHostArray(int floats, boolean pinned) {
        this.floats = floats;
        this.pinned = pinned;
        if (pinned) {
            Pointer memory = new Pointer();
            Cuda.check(cudart.cudaMallocHost(memory, bytes()), "pin " + bytes() + " bytes of the host");
            pointer = new FloatPointer(memory);
        } else {
            pointer = new FloatPointer(floats);
        }
    }

    static CudaHostArray of(HostArray array) {
        if (!(array instanceof CudaHostArray own)) {
            throw new IllegalArgumentException("an array of another device");
        }
        return own;
    }

    Pointer pointer() {
        return pointer;
    }

    long bytes() {
        return (long) floats * Kernel.FLOAT_BYTES;
    }

    @Override
    public FloatBuffer values() {
        return new FloatPointer(pointer).capacity(floats).asBuffer();
    }

    @Override
    public void close() {
        if (pinned) {
            Cuda.check(cudart.cudaFreeHost(pointer), "free memory of the host");
        } else {
            pointer.close();
        }
    }
}
