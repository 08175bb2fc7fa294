package trainyard.training.compression;

import java.util.List;
import trainyard.training.problem.ParameterBlock;

/** Bytes of one gradient message, by what is left of the gradient. Values take 32 bits, and so do indices. */
public final class GradientBytes {

    private static final int VALUE = 4;
    private static final int INDEX = 4;
    private static final int BITS_PER_BYTE = 8;

    private GradientBytes() {}

    /**
     * {@code N b / 8}: all values, rounded up to whole bytes.
     *
     * @param values N, 0 or more
     * @param bits b of a value, positive
     */
    public static long dense(long values, int bits) {
        return upwards(Math.multiplyExact(values, (long) bits), BITS_PER_BYTE);
    }

    /**
     * {@code ceil(N d)}: values that a density keeps.
     *
     * @param density d, above 0 and at most 1
     */
    public static long kept(long values, double density) {
        if (!(density > 0 && density <= 1)) {
            throw new IllegalArgumentException("density (" + density + ") must be above 0 and at most 1");
        }
        return (long) Math.ceil(values * density);
    }

    /** {@code 8 k}: k values with the place of each. */
    public static long sparse(long kept) {
        return Math.multiplyExact(kept, (long) VALUE + INDEX);
    }

    /** {@code ceil(N / 8) + 4}: a sign of each value and one scale. */
    public static long sign(long values) {
        return dense(values, 1) + VALUE;
    }

    /**
     * {@code ceil(N b / 8) + 4 ceil(N / bucket)}: b bits of each value and one scale of each bucket, as QSGD has it (D. Alistarh et
     * al., NIPS 2017).
     */
    public static long quantised(long values, int bits, int bucket) {
        return dense(values, bits) + VALUE * upwards(values, bucket);
    }

    /** {@code r (n + m)}: values of the factors P (n x r) and Q (m x r) of PowerSGD (T. Vogels et al., NeurIPS 2019). */
    public static long factors(int rank, long rows, long columns) {
        if (rank < 1) {
            throw new IllegalArgumentException("rank (" + rank + ") must be at least 1");
        }
        return Math.multiplyExact(rank, Math.addExact(rows, columns));
    }

    /** {@code min(r (n + m), n m)}: values that PowerSGD sends of a matrix; all where factors are no fewer. */
    public static long lowRankValues(int rank, long rows, long columns) {
        return Math.min(factors(rank, rows, columns), rows * columns);
    }

    /** Bytes that PowerSGD sends of a gradient: low-rank factors of matrices, and vectors as they are. */
    public static long lowRank(int rank, List<ParameterBlock> blocks) {
        return VALUE * blocks.stream().mapToLong(block -> lowRankValues(rank, block)).sum();
    }

    /** Values that PowerSGD sends of a block; all of a vector. */
    public static long lowRankValues(int rank, ParameterBlock block) {
        return block.rows() == 1 ? block.columns() : lowRankValues(rank, block.rows(), block.columns());
    }

    /**
     * {@code 2 (P - 1) / P M}: what each worker sends in a ring all-reduce of a message of M bytes. Only what adds up, dense values or
     * the factors of PowerSGD, can be reduced on the way.
     */
    public static double ringSent(double bytes, int workers) {
        return 2 * (atLeastOne(workers) - 1.0) / workers * bytes;
    }

    /** {@code M (P - 1)}: what each worker receives where all messages of M bytes go to all. */
    public static long gathered(long bytes, int workers) {
        return Math.multiplyExact(bytes, atLeastOne(workers) - 1L);
    }

    /** {@code 1 / P}: the density below which an all-gather of sparse messages moves less than a dense ring all-reduce. */
    public static double breakEvenDensity(int workers) {
        return 1.0 / atLeastOne(workers);
    }

    private static long upwards(long whole, int part) {
        return -Math.floorDiv(-whole, part);
    }

    private static int atLeastOne(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("workers (" + workers + ") must be at least 1");
        }
        return workers;
    }
}
