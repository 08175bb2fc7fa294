package trainyard.sim.engine;

import java.util.Arrays;

/**
 * The pending events in the order (time, order).
 *
 * <p>Few events live in a heap alone. From {@link #FEW} on, the heap holds only those before the first bucket of a
 * {@link BucketRing}; when it runs empty, the next full bucket is poured into it. The idea is the calendar queue (Brown
 * 1988, CACM 31(10)) with the lazy sorting of the ladder queue (Tang, Goh and Thng 2005, TOMACS 15(3)): an event costs a
 * constant time if buckets hold a handful of events each. Here the heap takes the place of the sorted bottom list, so a
 * bucket that is too full costs a logarithm and not a quadratic sort.
 *
 * <p>The width of the buckets adapts:
 *
 * <ul>
 *   <li>when the ring is made, grows or shrinks, from the median distance of a sample of the events: about four events
 *       to a bucket, and the ring covers several times the median;
 *   <li>narrower, when many events went into a heap that was long already, to what the times in that heap need; ties
 *       cannot be told apart by width, so a heap of ties is left alone;
 *   <li>wider, when refills of the ring pass over many more events in the overflow than they let in and than have
 *       happened since.
 * </ul>
 *
 * Each change touches every event once, and must be paid for by a number of operations that is a fixed share of the
 * number of events, so it adds a constant to the cost of each. Where no width fits, the heap bounds an operation by
 * O(log n). Nothing here depends on anything but the sequence of calls.
 */
final class PendingEvents {
    /** Up to this many events the heap alone is faster. */
    private static final int FEW = 512;

    private static final int SMALLEST_RING = 1024;
    private static final int LARGEST_RING = 1 << 26;

    /** Events per bucket that the width aims at; a power of two below it is chosen. */
    private static final int PER_BUCKET = 8;

    /** A heap beside a ring is long from here on. */
    private static final int LONG_HEAP = 8 * PER_BUCKET;

    private static final int WIDER = 3;

    /** Keeps bucket numbers below {@link BucketRing#NO_BUCKET}. */
    private static final int NARROWEST = 1;

    private static final int WIDEST = 62;
    private static final int SAMPLE = 512;

    private final EventStore store = new EventStore();
    private final EventHeap heap = new EventHeap();
    private final BucketRing ring = new BucketRing(store);
    private int count;
    private int ghosts;
    private int heapLimit = FEW;
    private long crowding;
    private long takenSinceRefill;
    private long lastTime;

    int count() {
        return count;
    }

    /** Adds an event and returns its ticket. */
    long add(long time, long order, int handler, int argument) {
        int slot = store.allocate(time, order, handler, argument);
        count++;
        place(slot, time, order);
        return store.ticket(slot);
    }

    /** The slot of the next event, taken from the heap, or {@link EventStore#NONE} if none is due until a time. */
    int next(long untilTime) {
        while (true) {
            heap.settle();
            if (heap.size() == 0) {
                if (!pour()) {
                    return EventStore.NONE;
                }
                continue;
            }
            int slot = heap.topSlot();
            long time = heap.topTime();
            if (store.order(slot) != heap.topOrder()) {
                heap.removeTop();
                ghosts--;
            } else if (time > untilTime) {
                return EventStore.NONE;
            } else {
                heap.takeTop();
                lastTime = time;
                takenSinceRefill++;
                return slot;
            }
        }
    }

    /** Forgets an event that {@link #next} returned. */
    void forget(int slot) {
        count--;
        store.free(slot);
    }

    /** Removes a pending event. */
    void cancel(int slot) {
        leave(slot);
        forget(slot);
    }

    /** Moves a pending event to another time and order. */
    void move(int slot, long time, long order) {
        leave(slot);
        store.move(slot, time, order);
        place(slot, time, order);
    }

    private void place(int slot, long time, long order) {
        long ahead = ring.ahead(time);
        if (ahead >= 0) {
            ring.add(slot, ahead);
            return;
        }
        heap.add(time, order, slot);
        if (heap.size() > heapLimit) {
            crowding++;
            relieve();
        }
    }

    /** Takes an event out of its list, or makes its entry in the heap a ghost. */
    private void leave(int slot) {
        if (ring.ahead(store.time(slot)) >= 0) {
            ring.remove(slot);
            return;
        }
        store.move(slot, store.time(slot), EventStore.FREE);
        if (++ghosts > heap.size() / 2 + SMALLEST_RING) {
            heap.dropGhosts(store);
            ghosts = 0;
        }
    }

    /** Pours the next full bucket into the empty heap; false if there is none. */
    private boolean pour() {
        if (count == 0) {
            return false;
        }
        resizeIfNeeded();
        long bucket = ring.firstFull();
        while (ring.overflowFirst() <= bucket && ring.overflowFirst() != BucketRing.NO_BUCKET) {
            refill(bucket);
            bucket = ring.firstFull();
        }
        int next;
        for (int slot = ring.take(bucket); slot != EventStore.NONE; slot = next) {
            next = store.next(slot);
            heap.add(store.time(slot), store.order(slot), slot);
        }
        if (heap.size() > heapLimit) {
            crowding += heap.size() - heapLimit;
            relieve();
        }
        return true;
    }

    private void refill(long firstFull) {
        if (firstFull == BucketRing.NO_BUCKET) {
            ring.skipTo(ring.overflowFirst());
        }
        BucketRing.Refill refill = ring.refill();
        boolean wasteful = refill.stayed() > FEW && refill.stayed() > 8 * (refill.moved() + takenSinceRefill);
        takenSinceRefill = 0;
        if (wasteful && ring.shift() < WIDEST) {
            spread(Math.min(WIDEST, Math.max(ring.shift() + WIDER, shiftOfMedian())));
        }
    }

    /** Makes the ring when the heap alone has become long; makes its buckets narrower when the heap beside it has. */
    private void relieve() {
        if (heapLimit == FEW) {
            heapLimit = LONG_HEAP;
            spread(shiftOfMedian());
        } else if (crowding > SMALLEST_RING + count / 4) {
            crowding = 0;
            int shift = shiftOfHeap();
            if (shift < ring.shift()) {
                spread(shift);
            } else {
                crowding = -4L * count;
            }
        }
    }

    private void resizeIfNeeded() {
        boolean small = ring.size() < LARGEST_RING && count > 2L * ring.size();
        boolean large = ring.size() > SMALLEST_RING && count < ring.size() / 16;
        if (heapLimit != FEW && (small || large)) {
            spread(shiftOfMedian());
        }
    }

    /** Puts every event into a ring of buckets of width {@code 2^shift}; the heap is empty then. */
    private void spread(int shift) {
        int[] slots = collect();
        int size = Integer.highestOneBit(Math.max(1, count - 1)) << 1;
        heap.clear();
        ghosts = 0;
        ring.reset(Math.max(SMALLEST_RING, Math.min(LARGEST_RING, size)), shift, lastTime >>> shift);
        for (int slot : slots) {
            ring.add(slot, ring.ahead(store.time(slot)));
        }
    }

    private int[] collect() {
        heap.settle();
        int[] slots = new int[count];
        int n = 0;
        for (int i = 0; i < heap.size(); i++) {
            int slot = heap.slotAt(i);
            if (store.order(slot) == heap.orderAt(i)) {
                slots[n++] = slot;
            }
        }
        ring.collect(slots, n);
        return slots;
    }

    /** Width for {@link #PER_BUCKET} events to a bucket if half of all events lay evenly before their median time. */
    private int shiftOfMedian() {
        int[] slots = collect();
        long[] distances = new long[Math.min(SAMPLE, slots.length)];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = store.time(slots[(int) ((long) i * slots.length / distances.length)]) - lastTime;
        }
        Arrays.sort(distances);
        return shiftFor(2.0 * distances[distances.length / 2], slots.length);
    }

    /** Width for {@link #PER_BUCKET} events to a bucket if the events of the heap lay evenly. */
    private int shiftOfHeap() {
        heap.settle();
        return shiftFor((double) heap.lastTime() - heap.topTime(), heap.size());
    }

    private static int shiftFor(double span, int events) {
        double width = PER_BUCKET * span / events;
        return Math.max(NARROWEST, Math.min(WIDEST, Math.getExponent(width)));
    }

    /** Entries of the heap, with those that cancelled and moved events left behind. */
    int heapEntries() {
        return heap.size();
    }

    int slotOf(long ticket) {
        return store.slotOf(ticket);
    }

    long timeOf(int slot) {
        return store.time(slot);
    }

    int priorityOf(int slot) {
        return (int) (store.order(slot) >> TieOrder.SEQUENCE_BITS);
    }

    int handlerOf(int slot) {
        return store.handler(slot);
    }

    int argumentOf(int slot) {
        return store.argument(slot);
    }
}
