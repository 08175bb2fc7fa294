package trainyard.training.cuda.replay;

import java.util.List;
import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import trainyard.training.replay.DeviceArray;
import trainyard.training.replay.Kernel;
import trainyard.training.replay.MatrixMath;
import trainyard.training.replay.PreparedKernel;

/**
 * A product by cuBLAS. It stores matrices column by column, so a matrix of rows is its transpose there: {@code C = A B} by rows is
 * {@code C' = B' A'} by columns, with the operands in turn.
 */
final class CudaGemm implements PreparedKernel {

    private final cublasContext handle;
    private final Kernel.Gemm gemm;
    private final MatrixMath math;
    private final Pointer a;
    private final Pointer b;
    private final Pointer c;
    private final FloatPointer one = new FloatPointer(new float[] {1});
    private final FloatPointer before;

    CudaGemm(cublasContext handle, Kernel.Gemm gemm, MatrixMath math, List<DeviceArray> operands) {
        this.handle = handle;
        this.gemm = gemm;
        this.math = math;
        a = CudaArray.of(operands.get(0)).pointer();
        b = CudaArray.of(operands.get(1)).pointer();
        c = CudaArray.of(operands.get(2)).pointer();
        before = new FloatPointer(new float[] {gemm.accumulate() ? 1 : 0});
    }

    @Override
    public void queue() {
        int opB = gemm.transposeB() ? cublas.CUBLAS_OP_T : cublas.CUBLAS_OP_N;
        int opA = gemm.transposeA() ? cublas.CUBLAS_OP_T : cublas.CUBLAS_OP_N;
        int rowB = gemm.transposeB() ? gemm.k() : gemm.n();
        int rowA = gemm.transposeA() ? gemm.m() : gemm.k();
        Cuda.checkBlas(
                gemm.batch() == 1 ? single(opB, opA, rowB, rowA) : batch(opB, opA, rowB, rowA), "multiply matrices");
    }

    private int single(int opB, int opA, int rowB, int rowA) {
        return cublas.cublasGemmEx(
                handle,
                opB,
                opA,
                gemm.n(),
                gemm.m(),
                gemm.k(),
                one,
                b,
                operandType(),
                rowB,
                a,
                operandType(),
                rowA,
                before,
                c,
                cudart.CUDA_R_32F,
                gemm.n(),
                computeType(),
                cublas.CUBLAS_GEMM_DEFAULT);
    }

    private int batch(int opB, int opA, int rowB, int rowA) {
        return cublas.cublasGemmStridedBatchedEx(
                handle,
                opB,
                opA,
                gemm.n(),
                gemm.m(),
                gemm.k(),
                one,
                b,
                operandType(),
                rowB,
                (long) gemm.k() * gemm.n(),
                a,
                operandType(),
                rowA,
                (long) gemm.m() * gemm.k(),
                before,
                c,
                cudart.CUDA_R_32F,
                gemm.n(),
                (long) gemm.m() * gemm.n(),
                gemm.batch(),
                computeType(),
                cublas.CUBLAS_GEMM_DEFAULT);
    }

    private int operandType() {
        return math == MatrixMath.BF16 ? cudart.CUDA_R_16BF : cudart.CUDA_R_32F;
    }

    private int computeType() {
        return math == MatrixMath.TF32 ? cublas.CUBLAS_COMPUTE_32F_FAST_TF32 : cublas.CUBLAS_COMPUTE_32F;
    }

    @Override
    public void close() {
        one.close();
        before.close();
    }
}
