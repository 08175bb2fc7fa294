package trainyard.sim.engine;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A number of equal units that activities hold for a while: repairers, spare nodes, slots of a loader. First come, first
 * served; a small request does not overtake a large one that waits.
 */
public final class Resource {
    private final int capacity;
    private final Set<Activity> waiting = new LinkedHashSet<>();
    private int free;

    /**
     * A resource of which all units are free.
     *
     * @param capacity units, 1 or more
     */
    public Resource(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity (" + capacity + ") must be 1 or more");
        }
        this.capacity = capacity;
        this.free = capacity;
    }

    /**
     * Gives units back and wakes those whose turn it is.
     *
     * @param amount units held by the caller
     * @throws IllegalArgumentException if more would be free than there are
     */
    public void release(int amount) {
        if (amount < 1 || amount > capacity - free) {
            throw new IllegalArgumentException(
                    "amount (" + amount + ") must be from 1 to the units held (" + (capacity - free) + ")");
        }
        free += amount;
        grant();
    }

    /** Units that nobody holds. */
    public int free() {
        return free;
    }

    void requirePossible(int amount) {
        if (amount < 1 || amount > capacity) {
            throw new IllegalArgumentException("amount (" + amount + ") must be from 1 to capacity (" + capacity + ")");
        }
    }

    void enter(Activity activity) {
        waiting.add(activity);
        grant();
    }

    /** Takes an activity out that no longer waits, or gives back what it was just granted. */
    void leave(Activity activity) {
        if (waiting.remove(activity)) {
            grant();
        } else {
            release(activity.units());
        }
    }

    private void grant() {
        while (!waiting.isEmpty()) {
            Activity first = waiting.iterator().next();
            if (first.units() > free) {
                return;
            }
            free -= first.units();
            waiting.remove(first);
            first.granted();
        }
    }
}
