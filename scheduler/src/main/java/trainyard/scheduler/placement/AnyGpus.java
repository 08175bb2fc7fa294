package trainyard.scheduler.placement;

import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;

/** Any free GPUs, wherever they are: only their number counts. They are taken from the fullest nodes first. */
public record AnyGpus() implements Placement {

    @Override
    public String name() {
        return "any";
    }

    @Override
    public boolean ignoresNodes() {
        return true;
    }

    @Override
    public boolean choose(FreeGpus free, int gpus, NodeShares chosen) {
        chosen.clear();
        if (free.free() < gpus) {
            return false;
        }
        int missing = gpus;
        for (int count = 1; missing > 0; count++) {
            for (int node = free.withExactly(count, 0);
                    node != FreeGpus.NONE && missing > 0;
                    node = free.withExactly(count, node + 1)) {
                int taken = Math.min(count, missing);
                chosen.add(node, taken);
                missing -= taken;
            }
        }
        return true;
    }
}
