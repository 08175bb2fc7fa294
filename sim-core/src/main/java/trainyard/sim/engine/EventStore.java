package trainyard.sim.engine;

import java.util.Arrays;

/**
 * What is known of each pending event, in slots of one primitive array, so that one event lies in one cache line.
 *
 * <p>A slot holds four longs: time; order (priority above sequence); payload (handler above argument); links (next slot
 * above previous slot, of the list that the event is in). A slot is reused as soon as its event is over, most recently
 * freed first. Its generation then grows, so that the ticket of a past event fits no later one; it wraps after 2^32
 * uses of one slot.
 */
final class EventStore {
    /** No slot: the end of a list. */
    static final int NONE = -1;

    /** Order of a free slot; no event has it, since its priority is out of range. */
    static final long FREE = Long.MIN_VALUE;

    private static final int STRIDE = 4;
    private static final int ORDER = 1;
    private static final int PAYLOAD = 2;
    private static final int LINKS = 3;
    private static final int FIRST_CAPACITY = 64;
    private static final int LARGEST_CAPACITY = Integer.MAX_VALUE / STRIDE - 8;
    private static final long LOW = 0xffff_ffffL;

    private long[] fields = new long[FIRST_CAPACITY * STRIDE];
    private int[] generations = new int[FIRST_CAPACITY];
    private int used;
    private int firstFree = NONE;

    /** Takes a free slot and fills it; its links are not set. */
    int allocate(long time, long order, int handler, int argument) {
        int slot = firstFree;
        if (slot == NONE) {
            slot = freshSlot();
        } else {
            firstFree = next(slot);
        }
        int at = slot * STRIDE;
        fields[at] = time;
        fields[at + ORDER] = order;
        fields[at + PAYLOAD] = ((long) handler << 32) | (argument & LOW);
        return slot;
    }

    void free(int slot) {
        int generation = generations[slot] + 1;
        generations[slot] = generation == 0 ? 1 : generation;
        fields[slot * STRIDE + ORDER] = FREE;
        link(slot, firstFree, NONE);
        firstFree = slot;
    }

    long ticket(int slot) {
        return ((long) generations[slot] << 32) | slot;
    }

    /** The slot of a pending event, or {@link #NONE} if its ticket is over. */
    int slotOf(long ticket) {
        int slot = (int) ticket;
        boolean live = slot >= 0
                && slot < used
                && generations[slot] == (int) (ticket >>> 32)
                && fields[slot * STRIDE + ORDER] != FREE;
        return live ? slot : NONE;
    }

    long time(int slot) {
        return fields[slot * STRIDE];
    }

    long order(int slot) {
        return fields[slot * STRIDE + ORDER];
    }

    void move(int slot, long time, long order) {
        fields[slot * STRIDE] = time;
        fields[slot * STRIDE + ORDER] = order;
    }

    int handler(int slot) {
        return (int) (fields[slot * STRIDE + PAYLOAD] >>> 32);
    }

    int argument(int slot) {
        return (int) fields[slot * STRIDE + PAYLOAD];
    }

    int next(int slot) {
        return (int) (fields[slot * STRIDE + LINKS] >>> 32);
    }

    int previous(int slot) {
        return (int) fields[slot * STRIDE + LINKS];
    }

    void link(int slot, int next, int previous) {
        fields[slot * STRIDE + LINKS] = ((long) next << 32) | (previous & LOW);
    }

    void setNext(int slot, int next) {
        link(slot, next, previous(slot));
    }

    void setPrevious(int slot, int previous) {
        link(slot, next(slot), previous);
    }

    private int freshSlot() {
        if (used == generations.length) {
            if (used == LARGEST_CAPACITY) {
                throw new IllegalStateException("more than " + LARGEST_CAPACITY + " pending events");
            }
            int capacity = (int) Math.min(2L * used, LARGEST_CAPACITY);
            fields = Arrays.copyOf(fields, capacity * STRIDE);
            generations = Arrays.copyOf(generations, capacity);
        }
        generations[used] = 1;
        return used++;
    }
}
