package trainyard.scheduler.outage;

import java.util.NoSuchElementException;
import java.util.Objects;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTimeline;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;

/**
 * The faults of a cluster that stop jobs. Slow parts, silent errors, faults of the store and of the programs of jobs are passed
 * over.
 */
public final class NodeFaultOutages implements NodeOutages {

    private final FaultTimeline faults;
    private final long hangNanos;
    private NodeOutage next;

    /**
     * @param faults made for this run; its nodes are those of the cluster, counted alike
     * @param hangNanos until somebody notices that a job hangs, 0 or more
     */
    public NodeFaultOutages(FaultTimeline faults, long hangNanos) {
        this.faults = Objects.requireNonNull(faults, "faults");
        this.hangNanos = hangNanos;
        next = following();
    }

    /** Whether faults of a cause stop jobs of a cluster by way of its nodes. */
    public static boolean areOutages(FaultCause cause) {
        return cause.stopsJob() && cause.scope() != Scope.JOB && cause.scope() != Scope.STORAGE;
    }

    @Override
    public long nextNanos() {
        return next.nanos();
    }

    @Override
    public NodeOutage take() {
        if (next.nanos() == Long.MAX_VALUE) {
            throw new NoSuchElementException("no fault is left");
        }
        NodeOutage taken = next;
        next = following();
        return taken;
    }

    private NodeOutage following() {
        while (faults.nextNanos() < Long.MAX_VALUE) {
            Fault fault = faults.take();
            if (areOutages(fault.cause())) {
                return outage(fault);
            }
        }
        return NodeOutage.fault(Long.MAX_VALUE, 0, 0, 0);
    }

    private NodeOutage outage(Fault fault) {
        boolean hangs = fault.cause().visibility() == Visibility.HANG;
        return new NodeOutage(
                fault.nanos(),
                NodeOutage.Kind.FAULT,
                fault.firstNode(),
                fault.endNode(),
                0,
                hangs ? hangNanos : 0,
                fault.damage().takesNode(),
                fault.repairNanos());
    }
}
