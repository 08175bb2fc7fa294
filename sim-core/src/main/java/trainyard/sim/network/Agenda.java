package trainyard.sim.network;

import java.util.Arrays;
import trainyard.sim.engine.EventHandler;
import trainyard.sim.engine.Simulation;

/**
 * Deadlines of numbered items, where many fall on the same nanosecond.
 *
 * <p>Symmetric traffic ends in lock-step, so items with one deadline share one engine event: they form a doubly linked
 * list (a bucket) in the order in which they were added. A direct-mapped table finds the bucket of a recent deadline;
 * when it has forgotten one, a second bucket for the same time arises, which costs an event and changes nothing else.
 */
final class Agenda implements EventHandler {

    /** Told about each item whose time has come. */
    interface Listener {
        void onDue(long nowNanos, int item);
    }

    private static final int NONE = -1;
    private static final int RECENT = 256;

    private final Simulation simulation;
    private final int handlerId;
    private final int priority;
    private final Listener listener;

    private int[] bucketOf = new int[0];
    private int[] next = new int[0];
    private int[] previous = new int[0];

    private long[] bucketTime = new long[16];
    private int[] bucketFirst = new int[16];
    private int[] bucketLast = new int[16];
    private long[] bucketTicket = new long[16];
    private int buckets;
    private final IntStack freeBuckets = new IntStack();
    private final int[] recent = new int[RECENT];

    Agenda(Simulation simulation, int priority, Listener listener) {
        this.simulation = simulation;
        this.priority = priority;
        this.listener = listener;
        handlerId = simulation.register(this);
        Arrays.fill(recent, NONE);
    }

    /** Makes room for items numbered below {@code items}. */
    void ensureItems(int items) {
        int known = bucketOf.length;
        if (known < items) {
            bucketOf = Arrays.copyOf(bucketOf, items);
            next = Arrays.copyOf(next, items);
            previous = Arrays.copyOf(previous, items);
            Arrays.fill(bucketOf, known, items, NONE);
        }
    }

    /** Sets the deadline of an item, in place of the one that it may have. */
    void set(int item, long atNanos) {
        if (bucketOf[item] != NONE) {
            if (bucketTime[bucketOf[item]] == atNanos) {
                return;
            }
            clear(item);
        }
        int bucket = bucketAt(atNanos);
        int last = bucketLast[bucket];
        bucketOf[item] = bucket;
        previous[item] = last;
        next[item] = NONE;
        if (last == NONE) {
            bucketFirst[bucket] = item;
        } else {
            next[last] = item;
        }
        bucketLast[bucket] = item;
    }

    private int bucketAt(long atNanos) {
        int slot = (int) (atNanos * 0x9E3779B97F4A7C15L >>> 56);
        int bucket = recent[slot];
        if (bucket == NONE || bucketTime[bucket] != atNanos || bucketFirst[bucket] == NONE) {
            bucket = freeBuckets.size() > 0 ? freeBuckets.pop() : newBucket();
            bucketTime[bucket] = atNanos;
            bucketFirst[bucket] = NONE;
            bucketLast[bucket] = NONE;
            bucketTicket[bucket] = simulation.schedule(atNanos, priority, handlerId, bucket);
            recent[slot] = bucket;
        }
        return bucket;
    }

    private int newBucket() {
        if (buckets == bucketTime.length) {
            bucketTime = Arrays.copyOf(bucketTime, 2 * buckets);
            bucketFirst = Arrays.copyOf(bucketFirst, 2 * buckets);
            bucketLast = Arrays.copyOf(bucketLast, 2 * buckets);
            bucketTicket = Arrays.copyOf(bucketTicket, 2 * buckets);
        }
        return buckets++;
    }

    /** Takes an item's deadline away, if it has one. */
    void clear(int item) {
        int bucket = bucketOf[item];
        if (bucket == NONE) {
            return;
        }
        unlink(item, bucket);
        if (bucketFirst[bucket] == NONE && simulation.cancel(bucketTicket[bucket])) {
            freeBuckets.push(bucket);
        }
    }

    private void unlink(int item, int bucket) {
        bucketOf[item] = NONE;
        if (previous[item] == NONE) {
            bucketFirst[bucket] = next[item];
        } else {
            next[previous[item]] = next[item];
        }
        if (next[item] == NONE) {
            bucketLast[bucket] = previous[item];
        } else {
            previous[next[item]] = previous[item];
        }
    }

    @Override
    public void onEvent(long nowNanos, int bucket) {
        // Items that are added for this very moment go to a bucket, and so to an event, of their own.
        bucketTime[bucket] = Long.MIN_VALUE;
        for (int item = bucketFirst[bucket]; item != NONE; item = bucketFirst[bucket]) {
            unlink(item, bucket);
            listener.onDue(nowNanos, item);
        }
        freeBuckets.push(bucket);
    }
}
