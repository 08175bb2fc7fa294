package trainyard.sim.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Something that happens now and then and that activities wait for, such as "a node came back". Firing it wakes all that
 * wait at that moment, in the order in which they began to wait; it is not remembered for later ones.
 */
public final class Signal implements WaitingRoom {
    private final Set<Activity> waiting = new LinkedHashSet<>();

    /** Wakes every waiting activity; each goes on in an event of its own at the present time. */
    public void fire() {
        List<Activity> woken = List.copyOf(waiting);
        waiting.clear();
        woken.forEach(Activity::call);
    }

    /** Number of activities that wait. */
    public int waitingCount() {
        return waiting.size();
    }

    void enter(Activity activity) {
        waiting.add(activity);
    }

    @Override
    public void leave(Activity activity) {
        waiting.remove(activity);
    }
}
