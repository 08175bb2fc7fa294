package trainyard.sim.engine;

/** The pending events in their order. */
final class PendingEvents {
    private static final int FEW_GHOSTS = 64;

    private final EventStore store = new EventStore();
    private final EventHeap heap = new EventHeap();
    private int count;

    int count() {
        return count;
    }

    long add(long time, long order, int handler, int argument) {
        int slot = store.allocate(time, order, handler, argument);
        count++;
        heap.add(time, order, slot);
        return store.ticket(slot);
    }

    /** The slot of the next event not after a time, or {@link EventStore#NONE}; its place in the heap is given up. */
    int next(long untilTime) {
        while (true) {
            heap.settle();
            if (heap.size() == 0) {
                return EventStore.NONE;
            }
            int slot = heap.topSlot();
            if (store.order(slot) != heap.topOrder()) {
                heap.removeTop();
            } else if (heap.topTime() > untilTime) {
                return EventStore.NONE;
            } else {
                heap.takeTop();
                return slot;
            }
        }
    }

    /** Forgets an event that {@link #next} returned. */
    void remove(int slot) {
        count--;
        store.free(slot);
    }

    boolean cancel(long ticket) {
        int slot = store.slotOf(ticket);
        if (slot == EventStore.NONE) {
            return false;
        }
        remove(slot);
        boundGhosts();
        return true;
    }

    void move(int slot, long time, long order) {
        store.move(slot, time, order);
        heap.add(time, order, slot);
        boundGhosts();
    }

    private void boundGhosts() {
        if (heap.size() > 2 * count + FEW_GHOSTS) {
            heap.dropGhosts(store);
        }
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
