package trainyard.sim.inventory;

import java.util.Arrays;

/**
 * A set of numbers from 0 to a limit, for sets that are asked for their next member often: a second layer of bits tells which
 * words hold any, so that {@link #next} looks at one word of 4,096 numbers at a time.
 */
public final class IndexSet {

    private static final int BITS = Long.SIZE;

    private final int limit;
    private final long[] words;
    private final long[] occupied;
    private int size;

    /**
     * An empty set.
     *
     * @param limit numbers below this can be members, at least 0
     */
    public IndexSet(int limit) {
        this.limit = limit;
        words = new long[(limit + BITS - 1) / BITS];
        occupied = new long[(words.length + BITS - 1) / BITS];
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean contains(int number) {
        return (words[number / BITS] >>> number & 1) != 0;
    }

    /** Returns whether it was no member before. */
    public boolean add(int number) {
        if (contains(number)) {
            return false;
        }
        int word = number / BITS;
        words[word] |= 1L << number;
        occupied[word / BITS] |= 1L << word;
        size++;
        return true;
    }

    /** Returns whether it was a member before. */
    public boolean remove(int number) {
        if (!contains(number)) {
            return false;
        }
        int word = number / BITS;
        words[word] &= ~(1L << number);
        if (words[word] == 0) {
            occupied[word / BITS] &= ~(1L << word);
        }
        size--;
        return true;
    }

    /** Makes every number a member. */
    public void addAll() {
        Arrays.fill(words, -1L);
        Arrays.fill(occupied, -1L);
        if (limit % BITS != 0) {
            words[words.length - 1] = (1L << limit) - 1;
        }
        if (words.length % BITS != 0) {
            occupied[occupied.length - 1] = (1L << words.length) - 1;
        }
        size = limit;
    }

    /** Makes no number a member. */
    public void clear() {
        if (size > 0) {
            Arrays.fill(words, 0);
            Arrays.fill(occupied, 0);
            size = 0;
        }
    }

    /** The least member that is not below a number; -1 where there is none. */
    public int next(int from) {
        if (from >= limit) {
            return -1;
        }
        int word = from / BITS;
        long bits = words[word] & -1L << from;
        if (bits == 0) {
            word = nextOccupied(word + 1);
            if (word < 0) {
                return -1;
            }
            bits = words[word];
        }
        return word * BITS + Long.numberOfTrailingZeros(bits);
    }

    private int nextOccupied(int from) {
        for (int i = from / BITS; i < occupied.length; i++) {
            long bits = i == from / BITS ? occupied[i] & -1L << from : occupied[i];
            if (bits != 0) {
                return i * BITS + Long.numberOfTrailingZeros(bits);
            }
        }
        return -1;
    }

    /** All members in ascending order. */
    public int[] toArray() {
        int[] members = new int[size];
        int found = 0;
        for (int member = next(0); member >= 0; member = next(member + 1)) {
            members[found++] = member;
        }
        return members;
    }
}
