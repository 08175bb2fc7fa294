package trainyard.sim.engine;

import java.util.Arrays;

/**
 * A binary heap of events by (time, order), in three parallel arrays.
 *
 * <p>Taking the top leaves a hole there, which the next {@link #add} fills: most handlers schedule a successor, and one
 * sift then does the work of two. {@link #settle} closes a hole that nobody filled.
 *
 * <p>Entries are copies. An event that was cancelled or moved leaves its entry behind as a ghost, known by an order that
 * is no longer the one of its slot; the owner counts ghosts and calls {@link #dropGhosts} before they outnumber the
 * living.
 */
final class EventHeap {
    private static final int FIRST_CAPACITY = 64;

    private long[] times = new long[FIRST_CAPACITY];
    private long[] orders = new long[FIRST_CAPACITY];
    private int[] slots = new int[FIRST_CAPACITY];
    private int size;
    private boolean holeAtTop;

    /** Entries, ghosts included, a hole not. */
    int size() {
        return holeAtTop ? size - 1 : size;
    }

    void add(long time, long order, int slot) {
        if (holeAtTop) {
            holeAtTop = false;
            siftDown(0, time, order, slot);
            return;
        }
        if (size == slots.length) {
            grow();
        }
        siftUp(size++, time, order, slot);
    }

    /** Closes a hole; must precede any look at the top. */
    void settle() {
        if (holeAtTop) {
            holeAtTop = false;
            removeTop();
        }
    }

    long topTime() {
        return times[0];
    }

    long topOrder() {
        return orders[0];
    }

    int topSlot() {
        return slots[0];
    }

    /** Takes the top away and leaves a hole. */
    void takeTop() {
        holeAtTop = true;
    }

    void removeTop() {
        int last = --size;
        if (last > 0) {
            siftDown(0, times[last], orders[last], slots[last]);
        }
    }

    /** The latest time of all entries; looks at each. */
    long lastTime() {
        long last = times[0];
        for (int i = 1; i < size; i++) {
            last = Math.max(last, times[i]);
        }
        return last;
    }

    int slotAt(int index) {
        return slots[index];
    }

    long orderAt(int index) {
        return orders[index];
    }

    void clear() {
        size = 0;
        holeAtTop = false;
    }

    /** Removes every ghost and restores the heap, in linear time. */
    void dropGhosts(EventStore store) {
        settle();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (store.order(slots[i]) == orders[i]) {
                place(kept++, times[i], orders[i], slots[i]);
            }
        }
        size = kept;
        for (int i = (size >>> 1) - 1; i >= 0; i--) {
            siftDown(i, times[i], orders[i], slots[i]);
        }
    }

    private void siftUp(int from, long time, long order, int slot) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            if (times[parent] < time || (times[parent] == time && orders[parent] <= order)) {
                break;
            }
            place(index, times[parent], orders[parent], slots[parent]);
            index = parent;
        }
        place(index, time, order, slot);
    }

    private void siftDown(int from, long time, long order, int slot) {
        long[] t = times;
        long[] o = orders;
        int[] s = slots;
        int index = from;
        int n = size;
        int half = n >>> 1;
        while (index < half) {
            int child = 2 * index + 1;
            int right = child + 1;
            long childTime = t[child];
            if (right < n && (t[right] < childTime || (t[right] == childTime && o[right] < o[child]))) {
                child = right;
                childTime = t[right];
            }
            if (time < childTime || (time == childTime && order <= o[child])) {
                break;
            }
            t[index] = childTime;
            o[index] = o[child];
            s[index] = s[child];
            index = child;
        }
        t[index] = time;
        o[index] = order;
        s[index] = slot;
    }

    private void place(int index, long time, long order, int slot) {
        times[index] = time;
        orders[index] = order;
        slots[index] = slot;
    }

    private void grow() {
        int capacity = Math.addExact(size, size);
        times = Arrays.copyOf(times, capacity);
        orders = Arrays.copyOf(orders, capacity);
        slots = Arrays.copyOf(slots, capacity);
    }
}
