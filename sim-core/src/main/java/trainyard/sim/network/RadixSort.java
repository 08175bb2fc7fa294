package trainyard.sim.network;

import java.util.Arrays;

/**
 * Sorts keys by a range of their bits, least digit first (H. Hollerith; D. Knuth, The Art of Computer Programming,
 * vol. 3, 2nd ed., 1998, section 5.2.5). It takes one pass for every {@value #DIGIT_BITS} bits in which keys differ and
 * no comparison, so it is faster than a comparison sort of many keys.
 */
final class RadixSort {

    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    /** Up to here the passes over all digits are taken to cost more than comparisons; an assumption. */
    private static final int FEW = 400;

    private final int[] places = new int[DIGITS + 1];
    private long[] spare = new long[0];

    /**
     * Sorts the first {@code size} keys, none of them negative.
     *
     * @param lowBits the keys are in order of these lowest bits already
     * @return the sorted keys: {@code keys} itself or another array, valid until the next call
     */
    long[] sort(long[] keys, int size, int lowBits) {
        if (size <= FEW) {
            Arrays.sort(keys, 0, size);
            return keys;
        }
        if (spare.length < keys.length) {
            spare = new long[keys.length];
        }
        long[] from = keys;
        long[] to = spare;
        int end = Long.SIZE - Long.numberOfLeadingZeros(differing(keys, size));
        for (int shift = lowBits; shift < end; shift += DIGIT_BITS) {
            scatter(from, to, size, shift);
            long[] sorted = to;
            to = from;
            from = sorted;
        }
        spare = to;
        return from;
    }

    private static long differing(long[] keys, int size) {
        long bits = 0;
        for (int i = 1; i < size; i++) {
            bits |= keys[i] ^ keys[0];
        }
        return bits;
    }

    /** Moves keys to their places by one digit; equal digits stay in order. */
    private void scatter(long[] from, long[] to, int size, int shift) {
        Arrays.fill(places, 0);
        for (int i = 0; i < size; i++) {
            places[((int) (from[i] >>> shift) & DIGITS - 1) + 1]++;
        }
        for (int digit = 1; digit < DIGITS; digit++) {
            places[digit] += places[digit - 1];
        }
        for (int i = 0; i < size; i++) {
            to[places[(int) (from[i] >>> shift) & DIGITS - 1]++] = from[i];
        }
    }
}
