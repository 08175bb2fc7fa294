package trainyard.training.cuda.replay;

import java.util.List;
import java.util.Map;
import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import trainyard.training.replay.DeviceArray;
import trainyard.training.replay.HostArray;
import trainyard.training.replay.Kernel;
import trainyard.training.replay.KernelDevice;
import trainyard.training.replay.MatrixMath;
import trainyard.training.replay.PreparedKernel;

/** The first GPU. All work goes through its default stream; times are those between two of its events. */
public final class CudaDevice implements KernelDevice {

    private static final double SECONDS_PER_MILLISECOND = 1e-3;

    private final CudaModule module;
    private final CudaKernels kernels;
    private final cublasContext handle = new cublasContext();
    private final CUevent_st begin = new CUevent_st();
    private final CUevent_st end = new CUevent_st();
    private final CudaLaunch nothing;

    /**
     * Opens it. That there is one, and one that CUDA 13 has code for, must be known before.
     *
     * @throws IllegalStateException if CUDA refuses
     * @throws LinkageError if cuBLAS is not there
     */
    public CudaDevice() {
        Cuda.check(cudart.cudaSetDevice(0), "be opened");
        Cuda.check(cudart.cudaFree(new Pointer()), "be opened");
        module = new CudaModule();
        kernels = new CudaKernels(module);
        Cuda.checkBlas(cublas.cublasCreate_v2(handle), "start cuBLAS");
        Cuda.check(cudart.cudaEventCreate(begin), "make an event");
        Cuda.check(cudart.cudaEventCreate(end), "make an event");
        nothing = kernels.nothing();
    }

    @Override
    public Map<String, String> facts() {
        return CudaFacts.of(handle);
    }

    @Override
    public long freeBytes() {
        try (SizeTPointer free = new SizeTPointer(1);
                SizeTPointer total = new SizeTPointer(1)) {
            Cuda.check(cudart.cudaMemGetInfo(free, total), "tell its memory");
            return free.get();
        }
    }

    @Override
    public boolean supports(MatrixMath math) {
        return math == MatrixMath.FP32 || CudaFacts.major() >= CudaFacts.FIRST_WITH_TF32;
    }

    @Override
    public DeviceArray allocate(long floats) {
        return new CudaArray(floats);
    }

    @Override
    public HostArray host(int floats, boolean pinned) {
        return new CudaHostArray(floats, pinned);
    }

    @Override
    public void copy(HostArray from, DeviceArray to) {
        CudaHostArray host = CudaHostArray.of(from);
        copy(CudaArray.of(to).pointer(), host.pointer(), host.bytes(), cudart.cudaMemcpyHostToDevice);
    }

    @Override
    public void copy(DeviceArray from, HostArray to) {
        CudaHostArray host = CudaHostArray.of(to);
        copy(host.pointer(), CudaArray.of(from).pointer(), host.bytes(), cudart.cudaMemcpyDeviceToHost);
        Cuda.check(cudart.cudaDeviceSynchronize(), "finish a copy");
    }

    @Override
    public void copy(DeviceArray from, DeviceArray to) {
        CudaArray source = CudaArray.of(from);
        copy(CudaArray.of(to).pointer(), source.pointer(), source.bytes(), cudart.cudaMemcpyDeviceToDevice);
    }

    private static void copy(Pointer to, Pointer from, long bytes, int kind) {
        Cuda.check(cudart.cudaMemcpyAsync(to, from, bytes, kind), "copy " + bytes + " bytes");
    }

    @Override
    public void nothing() {
        nothing.queue();
    }

    @Override
    public PreparedKernel prepare(Kernel kernel, MatrixMath math, List<DeviceArray> operands) {
        return kernel instanceof Kernel.Gemm gemm
                ? new CudaGemm(handle, gemm, math, operands)
                : kernels.prepare(kernel, operands);
    }

    @Override
    public double seconds(Runnable work) {
        Cuda.check(cudart.cudaDeviceSynchronize(), "finish its work");
        Cuda.check(cudart.cudaEventRecord(begin), "record an event");
        work.run();
        Cuda.check(cudart.cudaEventRecord(end), "record an event");
        Cuda.check(cudart.cudaEventSynchronize(end), "finish its work");
        float[] milliseconds = new float[1];
        Cuda.check(cudart.cudaEventElapsedTime(milliseconds, begin, end), "tell a time");
        return milliseconds[0] * SECONDS_PER_MILLISECOND;
    }

    @Override
    public void close() {
        nothing.close();
        Cuda.check(cudart.cudaEventDestroy(begin), "destroy an event");
        Cuda.check(cudart.cudaEventDestroy(end), "destroy an event");
        Cuda.checkBlas(cublas.cublasDestroy_v2(handle), "stop cuBLAS");
        module.close();
    }
}
