package trainyard.sim.account;

import java.math.BigInteger;

/**
 * Exact sums of GPU-nanoseconds. 10,000 GPUs in a year are 3e20 of them, which do not fit into 64 bits, so each sum is held in
 * 128 (two's complement, high and low half).
 */
public final class WideSums {

    private final long[] high;
    private final long[] low;

    /** So many sums of 0. */
    public WideSums(int count) {
        high = new long[count];
        low = new long[count];
    }

    /**
     * Adds a product.
     *
     * @param nanos a duration; negative to take back
     * @param gpus 0 or more
     */
    public void add(int index, long nanos, long gpus) {
        addWide(index, Math.multiplyHigh(nanos, gpus), nanos * gpus);
    }

    /** Adds one sum to another one of other sums, and leaves 0. */
    public void moveTo(WideSums others, int from, int to) {
        others.addWide(to, high[from], low[from]);
        high[from] = 0;
        low[from] = 0;
    }

    /** Takes a sum of others from one of these. */
    public void subtract(int index, WideSums others, int from) {
        long otherLow = others.low[from];
        addWide(index, ~others.high[from] + (otherLow == 0 ? 1 : 0), -otherLow);
    }

    private void addWide(int index, long addedHigh, long addedLow) {
        long sum = low[index] + addedLow;
        high[index] += addedHigh + (Long.compareUnsigned(sum, addedLow) < 0 ? 1 : 0);
        low[index] = sum;
    }

    /** A sum. */
    public BigInteger get(int index) {
        BigInteger lowPart = BigInteger.valueOf(low[index]);
        return BigInteger.valueOf(high[index])
                .shiftLeft(Long.SIZE)
                .add(low[index] < 0 ? lowPart.add(BigInteger.ONE.shiftLeft(Long.SIZE)) : lowPart);
    }
}
