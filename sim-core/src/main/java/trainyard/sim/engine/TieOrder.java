package trainyard.sim.engine;

/**
 * How events of equal time and equal priority are ordered.
 *
 * <p>{@link #SCHEDULED} is the rule of every real run: first scheduled, first served. {@link #permuted} is for tests: it
 * puts such ties into an arbitrary order, another one for each seed, but the same for the same seed. A model whose
 * results change under it depends on an order that it never stated and should give the events different priorities.
 *
 * @param permuted whether ties are permuted
 * @param seed which permutation; 0 where ties are not permuted
 */
public record TieOrder(boolean permuted, long seed) {
    /** First scheduled, first served. */
    public static final TieOrder SCHEDULED = new TieOrder(false, 0);

    /** Bits of the sequence number within the order of an event. */
    static final int SEQUENCE_BITS = 56;

    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;

    /** Odd multipliers of the finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
    private static final long MULTIPLIER_1 = 0xbf58476d1ce4e5b9L;

    private static final long MULTIPLIER_2 = 0x94d049bb133111ebL;

    public TieOrder {
        if (!permuted && seed != 0) {
            throw new IllegalArgumentException("seed (" + seed + ") must be 0 where ties are not permuted");
        }
    }

    /** Ties in an order that depends on the seed alone. */
    public static TieOrder permuted(long seed) {
        return new TieOrder(true, seed);
    }

    /**
     * The rank of a sequence number among ties. A bijection of 56-bit numbers: odd multiplications and right
     * xor-shifts can be undone, so no two events get the same rank.
     */
    long rank(long sequence) {
        if (!permuted) {
            return sequence;
        }
        long rank = (sequence ^ seed) & SEQUENCE_MASK;
        rank ^= rank >>> 28;
        rank = (rank * (MULTIPLIER_1 ^ (seed << 1))) & SEQUENCE_MASK;
        rank ^= rank >>> 25;
        rank = (rank * MULTIPLIER_2) & SEQUENCE_MASK;
        return rank ^ (rank >>> 29);
    }
}
