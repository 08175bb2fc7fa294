package trainyard.parallel.step.exchange;

import trainyard.parallel.model.Operator.ContextExchange;
import trainyard.parallel.plan.ContextMethod;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.GroupShape;

/**
 * Time that attention waits for the other context-parallel ranks. With {@code c} ranks, attention of {@code a} seconds on
 * each and {@code s} seconds for a part of the keys and values to reach the next rank:
 *
 * <ul>
 *   <li>a ring computes {@code c} parts and moves one beside each but the last: {@code (c - 1) max(0, s - a / c)}
 *       forward. Backward the gradients of keys and values travel with them and once more to come home: {@code (c - 1)
 *       max(0, 2 s - a / c) + s};
 *   <li>all-gather waits for keys and values before attention; backward it gathers them again and scatters the sums of
 *       their gradients (Transformer Engine, dot_product_attention/context_parallel.py);
 *   <li>Ulysses turns queries, keys and values from all heads of a part into some heads of the whole, and the output back.
 * </ul>
 */
public final class ContextExchangeCost {

    private final ContextMethod method;
    private final CollectiveModel collectives;
    private final GroupShape group;

    /**
     * @param method what moves, and by which operation
     * @param collectives prices of exchanges
     * @param group the ranks that hold the sequence between them
     */
    public ContextExchangeCost(ContextMethod method, CollectiveModel collectives, GroupShape group) {
        this.method = method;
        this.collectives = collectives;
        this.group = group;
    }

    /** Seconds of the forward pass that {@code attentionSeconds} of attention do not hide. */
    public double forward(ContextExchange x, double attentionSeconds) {
        return switch (method) {
            case RING -> ring(step(x), attentionSeconds);
            case ALL_GATHER -> gather(x, Collective.ALL_GATHER);
            case ULYSSES -> time(Collective.ALL_TO_ALL, x.keyValueBytes() + x.queryOutputBytes());
        };
    }

    /** Seconds of the backward pass that {@code attentionSeconds} of attention gradients do not hide. */
    public double backward(ContextExchange x, double attentionSeconds) {
        return switch (method) {
            case RING -> ring(2 * step(x), attentionSeconds) + step(x);
            case ALL_GATHER -> gather(x, Collective.ALL_GATHER) + gather(x, Collective.REDUCE_SCATTER);
            case ULYSSES -> time(Collective.ALL_TO_ALL, x.keyValueBytes() + x.queryOutputBytes());
        };
    }

    private double ring(double stepSeconds, double attentionSeconds) {
        return (group.ranks() - 1) * Math.max(0, stepSeconds - attentionSeconds / group.ranks());
    }

    /** One part of keys and values to the next rank; between nodes every ring that leaves a node shares its ports. */
    private double step(ContextExchange x) {
        GroupShape pair = group.nodes() == 1 ? GroupShape.withinNode(2) : new GroupShape(1, 2, group.groupsPerNode());
        return collectives.time(Collective.SEND_RECV, x.keyValueBytes(), pair).seconds();
    }

    private double gather(ContextExchange x, Collective operation) {
        return time(operation, group.ranks() * x.keyValueBytes());
    }

    private double time(Collective operation, double bytes) {
        return collectives.time(operation, bytes, group).seconds();
    }
}
