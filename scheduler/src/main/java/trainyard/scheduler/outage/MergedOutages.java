package trainyard.scheduler.outage;

import java.util.List;
import java.util.NoSuchElementException;

/** Outages of several sources in the order of time. */
final class MergedOutages implements NodeOutages {

    private final List<NodeOutages> sources;

    MergedOutages(List<NodeOutages> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public long nextNanos() {
        return sources.stream().mapToLong(NodeOutages::nextNanos).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public NodeOutage take() {
        long next = nextNanos();
        for (NodeOutages source : sources) {
            if (next < Long.MAX_VALUE && source.nextNanos() == next) {
                return source.take();
            }
        }
        throw new NoSuchElementException("no outage is left");
    }
}
