package trainyard.training.replay;

/** Matrix products by three loops; sums of double precision. */
final class ArrayGemm {

    private ArrayGemm() {}

    static void run(Kernel.Gemm gemm, float[] a, float[] b, float[] c) {
        for (int i = 0; i < gemm.batch(); i++) {
            product(gemm, a, i * gemm.m() * gemm.k(), b, i * gemm.k() * gemm.n(), c, i * gemm.m() * gemm.n());
        }
    }

    private static void product(Kernel.Gemm gemm, float[] a, int atA, float[] b, int atB, float[] c, int atC) {
        int m = gemm.m();
        int n = gemm.n();
        int k = gemm.k();
        int rowA = gemm.transposeA() ? 1 : k;
        int nextA = gemm.transposeA() ? m : 1;
        int columnB = gemm.transposeB() ? k : 1;
        int nextB = gemm.transposeB() ? 1 : n;
        for (int row = 0; row < m; row++) {
            for (int column = 0; column < n; column++) {
                int inC = atC + row * n + column;
                double sum = gemm.accumulate() ? c[inC] : 0;
                for (int i = 0; i < k; i++) {
                    sum += (double) a[atA + row * rowA + i * nextA] * b[atB + column * columnB + i * nextB];
                }
                c[inC] = (float) sum;
            }
        }
    }
}
