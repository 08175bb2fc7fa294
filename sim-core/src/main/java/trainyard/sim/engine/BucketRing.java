package trainyard.sim.engine;

import java.util.Arrays;

/**
 * A ring of time buckets for events that are not the nearest, and a list for those beyond the ring.
 *
 * <p>Bucket {@code b} holds the times with {@code time >>> shift == b}. The ring holds the buckets from {@link #first}
 * up to {@code first + size - 1}, each at place {@code b mod size}; later buckets wait in one unsorted list, the
 * overflow, until {@link #refill} lets in those that the ring has come to cover. Buckets are lists linked through the
 * {@link EventStore}, so adding and removing one event takes constant time. Two levels of bits, one for each bucket and
 * one for each 64 buckets, find the next full bucket without visiting the empty ones.
 */
final class BucketRing {
    /** A bucket number when there is none. */
    static final long NO_BUCKET = Long.MAX_VALUE;

    private final EventStore store;
    private int[] heads = {EventStore.NONE};
    private long[] full = new long[1];
    private long[] fullWords = new long[1];
    private int shift;
    private long first;
    private int overflowHead = EventStore.NONE;
    private long overflowFirst = NO_BUCKET;

    /** A ring that begins after all time, so that every event is nearer. */
    BucketRing(EventStore store) {
        this.store = store;
        this.shift = Long.SIZE - 1;
        this.first = 1;
    }

    /** Starts anew without events. */
    void reset(int size, int newShift, long newFirst) {
        if (size != heads.length) {
            heads = new int[size];
            full = new long[(size + 63) >>> 6];
            fullWords = new long[(full.length + 63) >>> 6];
        }
        Arrays.fill(heads, EventStore.NONE);
        Arrays.fill(full, 0);
        Arrays.fill(fullWords, 0);
        shift = newShift;
        first = newFirst;
        overflowHead = EventStore.NONE;
        overflowFirst = NO_BUCKET;
    }

    /** How many buckets a time lies after the first; negative for a time before the ring. */
    long ahead(long time) {
        return (time >>> shift) - first;
    }

    int size() {
        return heads.length;
    }

    /** Binary logarithm of the width of a bucket in nanoseconds. */
    int shift() {
        return shift;
    }

    /** Adds an event that lies {@code ahead} buckets after the first. */
    void add(int slot, long ahead) {
        if (ahead < heads.length) {
            addToBucket(slot, first + ahead);
        } else {
            addToOverflow(slot, first + ahead);
        }
    }

    private void addToBucket(int slot, long bucket) {
        int place = (int) bucket & (heads.length - 1);
        int head = heads[place];
        if (head == EventStore.NONE) {
            full[place >>> 6] |= 1L << place;
            fullWords[place >>> 12] |= 1L << (place >>> 6);
        } else {
            store.setPrevious(head, slot);
        }
        heads[place] = slot;
        store.link(slot, head, EventStore.NONE);
    }

    private void addToOverflow(int slot, long bucket) {
        if (overflowHead != EventStore.NONE) {
            store.setPrevious(overflowHead, slot);
        }
        store.link(slot, overflowHead, EventStore.NONE);
        overflowHead = slot;
        overflowFirst = Math.min(overflowFirst, bucket);
    }

    /** Takes one event out of its list. */
    void remove(int slot) {
        int next = store.next(slot);
        int previous = store.previous(slot);
        if (next != EventStore.NONE) {
            store.setPrevious(next, previous);
        }
        if (previous != EventStore.NONE) {
            store.setNext(previous, next);
        } else if (slot == overflowHead) {
            overflowHead = next;
        } else {
            int place = (int) (store.time(slot) >>> shift) & (heads.length - 1);
            heads[place] = next;
            if (next == EventStore.NONE) {
                markEmpty(place);
            }
        }
    }

    /** The earliest bucket of the ring that holds an event, or {@link #NO_BUCKET}. */
    long firstFull() {
        int start = (int) first & (heads.length - 1);
        int place = nextFull(start);
        if (place < 0) {
            place = nextFull(0);
        }
        return place < 0 ? NO_BUCKET : first + ((place - start) & (heads.length - 1));
    }

    /** A bucket before which the overflow holds nothing, or {@link #NO_BUCKET} if it is empty. */
    long overflowFirst() {
        return overflowHead == EventStore.NONE ? NO_BUCKET : overflowFirst;
    }

    /** Empties a bucket of the ring and lets the ring begin after it. Returns the first slot of its list. */
    int take(long bucket) {
        int place = (int) bucket & (heads.length - 1);
        int head = heads[place];
        heads[place] = EventStore.NONE;
        markEmpty(place);
        first = bucket + 1;
        return head;
    }

    /** Lets the ring, which must be empty up to there, begin at a later bucket. */
    void skipTo(long bucket) {
        first = bucket;
    }

    /** Moves into the ring what the overflow holds of its buckets. Returns how many events stayed and how many moved. */
    Refill refill() {
        int slot = overflowHead;
        overflowHead = EventStore.NONE;
        overflowFirst = NO_BUCKET;
        int moved = 0;
        int stayed = 0;
        while (slot != EventStore.NONE) {
            int next = store.next(slot);
            long ahead = ahead(store.time(slot));
            if (ahead < heads.length) {
                moved++;
            } else {
                stayed++;
            }
            add(slot, ahead);
            slot = next;
        }
        return new Refill(moved, stayed);
    }

    /** Copies every slot of the ring and the overflow to an array. Returns the index after the last. */
    int collect(int[] slots, int from) {
        int to = collectList(overflowHead, slots, from);
        for (int place = nextFull(0); place >= 0; place = nextFull(place + 1)) {
            to = collectList(heads[place], slots, to);
        }
        return to;
    }

    private int collectList(int head, int[] slots, int from) {
        int to = from;
        for (int slot = head; slot != EventStore.NONE; slot = store.next(slot)) {
            slots[to++] = slot;
        }
        return to;
    }

    /** The first full place from a place up to the end of the array, or a negative number. */
    private int nextFull(int from) {
        int word = from >>> 6;
        if (word >= full.length) {
            return -1;
        }
        long bits = full[word] & (-1L << from);
        if (bits != 0) {
            return (word << 6) + Long.numberOfTrailingZeros(bits);
        }
        word++;
        int group = word >>> 6;
        if (group >= fullWords.length) {
            return -1;
        }
        long words = fullWords[group] & (-1L << word);
        while (words == 0) {
            if (++group == fullWords.length) {
                return -1;
            }
            words = fullWords[group];
        }
        word = (group << 6) + Long.numberOfTrailingZeros(words);
        return (word << 6) + Long.numberOfTrailingZeros(full[word]);
    }

    private void markEmpty(int place) {
        int word = place >>> 6;
        full[word] &= ~(1L << place);
        if (full[word] == 0) {
            fullWords[word >>> 6] &= ~(1L << word);
        }
    }

    /**
     * What a refill did.
     *
     * @param moved events that went into the ring
     * @param stayed events that are still beyond it
     */
    record Refill(int moved, int stayed) {}
}
