package trainyard.faults.cause;

import java.util.List;

/**
 * Several processes as one, in the order of time; at equal times that listed first goes first.
 *
 * @param parts at least one
 */
record MergedFaults(List<CauseFaults> parts) implements CauseFaults {

    @Override
    public long nextNanos() {
        return next().nextNanos();
    }

    @Override
    public Fault take() {
        return next().take();
    }

    private CauseFaults next() {
        CauseFaults next = parts.get(0);
        for (CauseFaults part : parts) {
            next = part.nextNanos() < next.nextNanos() ? part : next;
        }
        return next;
    }
}
