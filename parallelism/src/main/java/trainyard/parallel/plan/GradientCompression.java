package trainyard.parallel.plan;

import java.util.Objects;

/**
 * How gradients are made smaller before the replicas exchange them.
 *
 * @param method how
 * @param ratio elements of a gradient over those that {@link Method#TOP_K} keeps, at least 1
 * @param rank columns of the factors of {@link Method#POWERSGD}, at least 1
 */
public record GradientCompression(Method method, double ratio, int rank) {

    /** Gradients travel whole. */
    public static final GradientCompression NONE = new GradientCompression(Method.NONE, 1, 1);

    /** Ways to compress. */
    public enum Method {
        NONE,
        /** Cast to 16 bits; summed by an all-reduce. */
        FP16,
        /** The largest elements with their indices; gathered from all replicas (Aji and Heafield 2017). */
        TOP_K,
        /** The signs, one bit an element; gathered from all replicas (Bernstein et al. 2018, signSGD with majority vote). */
        SIGN,
        /** The signs; each replica sums a part of all and gives it out again (Tang et al. 2021, 1-bit Adam). */
        ONE_BIT,
        /** Two factors of a low-rank approximation of every matrix, each summed by an all-reduce (Vogels et al. 2019). */
        POWERSGD
    }

    public GradientCompression {
        Objects.requireNonNull(method, "method");
        if (!(ratio >= 1)) {
            throw new PlanException("compression-ratio", "compression-ratio must be at least 1, got " + ratio);
        }
        if (rank < 1) {
            throw new PlanException("compression-rank", "compression-rank must be at least 1, got " + rank);
        }
    }

    public boolean compresses() {
        return method != Method.NONE;
    }
}
