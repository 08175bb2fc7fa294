package trainyard.parallel.step.replay;

import java.util.EnumMap;
import java.util.Map;
import trainyard.parallel.step.cost.TimeState;

/** Where the nanoseconds of one pipeline stage of one class of replicas went. */
public final class Bookings {

    private static final TimeState[] STATES = TimeState.values();

    private final long[] nanos;

    Bookings() {
        this(new long[STATES.length]);
    }

    private Bookings(long[] nanos) {
        this.nanos = nanos;
    }

    /** The same so far; what is booked from now on is booked apart. */
    Bookings copy() {
        return new Bookings(nanos.clone());
    }

    void book(TimeState state, long more) {
        nanos[state.ordinal()] += more;
    }

    /** Nanoseconds in each state. */
    public Map<TimeState, Long> booked() {
        Map<TimeState, Long> result = new EnumMap<>(TimeState.class);
        for (TimeState state : STATES) {
            result.put(state, nanos[state.ordinal()]);
        }
        return result;
    }
}
