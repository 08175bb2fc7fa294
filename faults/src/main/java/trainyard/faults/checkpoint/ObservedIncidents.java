package trainyard.faults.checkpoint;

import java.util.ArrayDeque;
import java.util.Deque;

/** When the last incidents of a job were. */
public final class ObservedIncidents {

    private final int remembered;
    private final Deque<Long> nanos = new ArrayDeque<>();

    /**
     * @param remembered incidents that are remembered, 0 or more
     */
    public ObservedIncidents(int remembered) {
        this.remembered = remembered;
    }

    /** Takes one in. */
    public void add(long nowNanos) {
        if (remembered > 0) {
            nanos.addLast(nowNanos);
            if (nanos.size() > remembered) {
                nanos.removeFirst();
            }
        }
    }

    /** Incidents that are remembered so far. */
    int count() {
        return nanos.size();
    }

    /** Time over which they were gathered: since the oldest one once all that can be are remembered, else since the start. */
    long spanNanos(long nowNanos) {
        return nanos.size() < remembered || remembered == 0 ? nowNanos : nowNanos - nanos.getFirst();
    }
}
