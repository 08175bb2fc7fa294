package trainyard.scheduler.scale;

/** As many nodes as jobs that run and wait want, and some more. */
public record Reactive(int spareNodes) implements ScalingRule {

    public Reactive {
        if (spareNodes < 0) {
            throw new IllegalArgumentException("spare nodes are 0 or more, got " + spareNodes);
        }
    }

    @Override
    public int nodes(Demand demand) {
        return demand.nodesFor(demand.gpus()) + spareNodes;
    }
}
