package trainyard.scheduler.outage;

import java.util.NoSuchElementException;

/** The outages of a source that begin until a moment. */
final class OutagesUntil implements NodeOutages {

    private final NodeOutages source;
    private final long untilNanos;

    OutagesUntil(NodeOutages source, long untilNanos) {
        this.source = source;
        this.untilNanos = untilNanos;
    }

    @Override
    public long nextNanos() {
        long next = source.nextNanos();
        return next <= untilNanos ? next : Long.MAX_VALUE;
    }

    @Override
    public NodeOutage take() {
        if (nextNanos() == Long.MAX_VALUE) {
            throw new NoSuchElementException("no outage is left");
        }
        return source.take();
    }
}
