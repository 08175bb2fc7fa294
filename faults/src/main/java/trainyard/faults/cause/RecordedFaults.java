package trainyard.faults.cause;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** Recorded faults in the order of time, once or again and again. */
final class RecordedFaults implements CauseFaults {

    private final long periodNanos;
    private final boolean again;
    private final Deque<Fault> atStart = new ArrayDeque<>();
    private final PriorityQueue<Fault> faults =
            new PriorityQueue<>(Comparator.comparingLong(Fault::nanos).thenComparingInt(Fault::firstNode));

    /**
     * @param periodNanos time after which they come again
     * @param again whether they do
     */
    RecordedFaults(long periodNanos, boolean again) {
        this.periodNanos = periodNanos;
        this.again = again;
    }

    /** A fault that is there at time 0, in the first round only. */
    void addFirst(Fault fault) {
        atStart.add(fault);
    }

    void add(Fault fault) {
        faults.add(fault);
    }

    @Override
    public long nextNanos() {
        if (!atStart.isEmpty()) {
            return atStart.element().nanos();
        }
        return faults.isEmpty() ? FaultDraws.NEVER : faults.element().nanos();
    }

    @Override
    public Fault take() {
        if (!atStart.isEmpty()) {
            return atStart.remove();
        }
        Fault fault = faults.remove();
        if (again && fault.nanos() < FaultDraws.NEVER - periodNanos) {
            faults.add(new Fault(
                    fault.nanos() + periodNanos,
                    fault.cause(),
                    fault.component(),
                    fault.firstNode(),
                    fault.endNode(),
                    fault.damage(),
                    fault.repairNanos(),
                    fault.lastsNanos(),
                    MarkStream.NEXT_ROUND.mark(fault.mark(), 1)));
        }
        return fault;
    }
}
