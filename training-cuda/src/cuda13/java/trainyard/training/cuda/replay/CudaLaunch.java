package trainyard.training.cuda.replay;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import trainyard.training.replay.DeviceArray;
import trainyard.training.replay.PreparedKernel;
import trainyard.training.replay.Window;

/** An own kernel with its arguments in native memory. Threads take elements in turns, so the grid need not cover them. */
final class CudaLaunch implements PreparedKernel {

    private static final int THREADS = 256;
    /** Enough to fill any GPU of today with threads of four elements or so each. */
    private static final int MOST_BLOCKS = 4096;

    private static final CUstream_st DEFAULT_STREAM = new CUstream_st();

    private final CUfunc_st function;
    private final List<Pointer> arguments = new ArrayList<>();
    private final List<CudaArray> cleared = new ArrayList<>();
    private int blocks = 1;
    private int blocksBeside = 1;
    private PointerPointer<Pointer> addresses = new PointerPointer<>();

    CudaLaunch(CUfunc_st function) {
        this.function = function;
    }

    /** Threads for so many elements. */
    CudaLaunch over(long elements) {
        blocks = (int) Math.max(1, Math.min(MOST_BLOCKS, (elements + THREADS - 1) / THREADS));
        return this;
    }

    /** So many blocks for each element, which share its work. */
    CudaLaunch shared(int ways) {
        blocksBeside = ways;
        return this;
    }

    /** Sets an array to zero in front of each launch. */
    CudaLaunch clearing(DeviceArray array) {
        cleared.add(CudaArray.of(array));
        return this;
    }

    CudaLaunch with(DeviceArray array) {
        arguments.add(new LongPointer(new long[] {CudaArray.of(array).pointer().address()}));
        return this;
    }

    CudaLaunch with(long value) {
        arguments.add(new LongPointer(new long[] {value}));
        return this;
    }

    CudaLaunch with(int value) {
        arguments.add(new IntPointer(new int[] {value}));
        return this;
    }

    CudaLaunch with(float value) {
        arguments.add(new FloatPointer(new float[] {value}));
        return this;
    }

    /** In the order of the structure of the kernels' source. */
    CudaLaunch with(Window window) {
        arguments.add(new IntPointer(new int[] {
            window.images(),
            window.channels(),
            window.height(),
            window.width(),
            window.side(),
            window.stride(),
            window.padding(),
            window.outHeight(),
            window.outWidth()
        }));
        return this;
    }

    /** Ready to be queued. */
    CudaLaunch ready() {
        addresses = new PointerPointer<>(arguments.toArray(Pointer[]::new));
        return this;
    }

    @Override
    public void queue() {
        for (CudaArray array : cleared) {
            Cuda.check(cudart.cudaMemsetAsync(array.pointer(), 0, array.bytes(), DEFAULT_STREAM), "clear memory");
        }
        int status = cudart.cuLaunchKernel(
                function, blocks, blocksBeside, 1, THREADS, 1, 1, 0, DEFAULT_STREAM, addresses, NO_EXTRAS);
        Cuda.checkDriver(status, "start a kernel");
    }

    private static final PointerPointer<Pointer> NO_EXTRAS = new PointerPointer<>();

    @Override
    public void close() {
        addresses.close();
        arguments.forEach(Pointer::close);
    }
}
