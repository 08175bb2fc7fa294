package trainyard.scheduler.outage;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/** Outages of a list. */
final class ListedOutages implements NodeOutages {

    private final Queue<NodeOutage> left;

    ListedOutages(List<NodeOutage> list) {
        left = new ArrayDeque<>(list.stream()
                .sorted(Comparator.comparingLong(NodeOutage::nanos))
                .toList());
    }

    @Override
    public long nextNanos() {
        return left.isEmpty() ? Long.MAX_VALUE : left.element().nanos();
    }

    @Override
    public NodeOutage take() {
        return left.remove();
    }
}
