package trainyard.scheduler.outage;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * What takes nodes away, in the order of time; one object serves one run. It does not depend on what the scheduler does, so that
 * all policies meet the same outages.
 */
public interface NodeOutages {

    /** When the next outage is known; {@link Long#MAX_VALUE} if there is none. */
    long nextNanos();

    /**
     * The next outage.
     *
     * @throws NoSuchElementException if there is none
     */
    NodeOutage take();

    /** Those that are known until a moment, ns, and none after it. */
    default NodeOutages until(long nanos) {
        return new OutagesUntil(this, nanos);
    }

    /** All nodes stay. */
    static NodeOutages none() {
        return of(List.of());
    }

    /** Outages of a list, in any order. */
    static NodeOutages of(List<NodeOutage> list) {
        return new ListedOutages(list);
    }

    /** All outages of several sources; of equal times, that of the source listed first. */
    static NodeOutages merged(List<NodeOutages> sources) {
        return new MergedOutages(sources);
    }
}
