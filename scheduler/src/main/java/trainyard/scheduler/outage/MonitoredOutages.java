package trainyard.scheduler.outage;

import java.util.Objects;

/**
 * Outages that somebody notices who looks every so often, from time 0 on: what would be noticed at once, or after some time, is noticed at
 * the next look. Until then nodes are given to jobs, and jobs on them stand still. What is announced is known by itself.
 *
 * @param outages made for this run
 * @param intervalNanos between two looks, at least 1
 */
public record MonitoredOutages(NodeOutages outages, long intervalNanos) implements NodeOutages {

    public MonitoredOutages {
        Objects.requireNonNull(outages, "outages");
        if (intervalNanos < 1) {
            throw new IllegalArgumentException("looks are at least 1 ns apart, got " + intervalNanos);
        }
    }

    @Override
    public long nextNanos() {
        return outages.nextNanos();
    }

    @Override
    public NodeOutage take() {
        NodeOutage taken = outages.take();
        if (taken.kind() != NodeOutage.Kind.FAULT) {
            return taken;
        }
        long known = Math.addExact(taken.nanos(), taken.stuckNanos());
        long look = Math.multiplyExact(Math.floorDiv(known + intervalNanos - 1, intervalNanos), intervalNanos);
        return new NodeOutage(
                taken.nanos(),
                taken.kind(),
                taken.firstNode(),
                taken.endNode(),
                taken.noticeNanos(),
                look - taken.nanos(),
                taken.takesNodes(),
                taken.awayNanos());
    }
}
