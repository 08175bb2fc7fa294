package trainyard.scheduler.peer.helios;

import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Placement;

/** Its {@code consolidate}: a job that fits on a node gets the fullest; the rest of a larger one goes to the emptiest. */
public record ConsolidatePlacement() implements Placement {

    private static final Consolidate SMALL = new Consolidate(Consolidate.Choice.BEST_FIT);
    private static final Consolidate LARGE = new Consolidate(Consolidate.Choice.WORST_FIT);

    @Override
    public String name() {
        return "helios-consolidate";
    }

    @Override
    public boolean choose(FreeGpus free, int gpus, NodeShares chosen) {
        return (gpus <= free.largestNode() ? SMALL : LARGE).choose(free, gpus, chosen);
    }
}
