package trainyard.training.cuda.replay;

import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;
import trainyard.training.replay.DeviceArray;
import trainyard.training.replay.Kernel;

/** Memory of the GPU. */
final class CudaArray implements DeviceArray {

    private final Pointer pointer = new Pointer();
    private final long floats;

    CudaArray(long floats) {
        this.floats = floats;
        Cuda.check(cudart.cudaMalloc(pointer, bytes()), "allocate " + bytes() + " bytes");
        Cuda.check(cudart.cudaMemset(pointer, 0, bytes()), "clear memory");
    }

    static CudaArray of(DeviceArray array) {
        if (!(array instanceof CudaArray own)) {
            throw new IllegalArgumentException("an array of another device");
        }
        return own;
    }

    Pointer pointer() {
        return pointer;
    }

    long bytes() {
        return floats * Kernel.FLOAT_BYTES;
    }

    @Override
    public long floats() {
        return floats;
    }

    @Override
    public void close() {
        Cuda.check(cudart.cudaFree(pointer), "free memory");
    }
}
