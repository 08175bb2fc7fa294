package trainyard.faults.coordination;

import java.util.ArrayList;
import java.util.List;

/** Writes down who was in which state when, for timelines. */
public final class StateLog {

    private final List<List<Stretch>> stretches = new ArrayList<>();
    private final String[] states;
    private final String[] remarks;
    private final long[] since;

    /**
     * A stretch of time in one state.
     *
     * @param startNanos its start
     * @param endNanos its end, after the start
     * @param state what the party did, one of few words
     * @param remark why or for whom; may be empty
     */
    public record Stretch(long startNanos, long endNanos, String state, String remark) {}

    /** A log of so many parties, none of which is in a state yet. */
    public StateLog(int parties) {
        states = new String[parties];
        remarks = new String[parties];
        since = new long[parties];
        for (int i = 0; i < parties; i++) {
            stretches.add(new ArrayList<>());
            states[i] = "";
            remarks[i] = "";
        }
    }

    /** A party enters a state. */
    public void enter(long nowNanos, int party, String state) {
        enter(nowNanos, party, state, "");
    }

    /** A party enters a state, with a remark. Entering the state and remark that it is in changes nothing. */
    public void enter(long nowNanos, int party, String state, String remark) {
        if (state.equals(states[party]) && remark.equals(remarks[party])) {
            return;
        }
        leave(nowNanos, party);
        states[party] = state;
        remarks[party] = remark;
        since[party] = nowNanos;
    }

    private void leave(long nowNanos, int party) {
        if (!states[party].isEmpty() && nowNanos > since[party]) {
            stretches.get(party).add(new Stretch(since[party], nowNanos, states[party], remarks[party]));
        }
    }

    /** The stretches of each party until the end, which ends the log. */
    public List<List<Stretch>> until(long endNanos) {
        for (int party = 0; party < states.length; party++) {
            leave(endNanos, party);
            states[party] = "";
        }
        return stretches.stream().map(List::copyOf).toList();
    }
}
