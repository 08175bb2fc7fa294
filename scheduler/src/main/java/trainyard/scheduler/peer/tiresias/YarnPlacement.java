package trainyard.scheduler.peer.tiresias;

import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.placement.Placement;

/**
 * Its {@code yarn}: all GPUs of a job behind one switch. A job that fits on a node gets the first one with room; a larger one
 * gets idle nodes in their order and the first node with room for the rest.
 *
 * @param nodesPerSwitch nodes behind each switch, at least 1
 * @param gpusPerNode GPUs of every node
 */
public record YarnPlacement(int nodesPerSwitch, int gpusPerNode) implements Placement {

    @Override
    public String name() {
        return "tiresias-yarn";
    }

    @Override
    public boolean choose(FreeGpus free, int gpus, NodeShares chosen) {
        for (int first = 0; first < free.nodes(); first += nodesPerSwitch) {
            if (chooseBehindSwitch(free, gpus, first, chosen)) {
                return true;
            }
        }
        chosen.clear();
        return false;
    }

    private boolean chooseBehindSwitch(FreeGpus free, int gpus, int first, NodeShares chosen) {
        chosen.clear();
        int wholeNodes = gpus <= gpusPerNode ? 0 : gpus / gpusPerNode;
        int rest = gpus - wholeNodes * gpusPerNode;
        int end = Math.min(free.nodes(), first + nodesPerSwitch);
        for (int node = first; node < end && chosen.count() < wholeNodes; node++) {
            if (free.free(node) == gpusPerNode) {
                chosen.add(node, gpusPerNode);
            }
        }
        if (chosen.count() < wholeNodes || rest == 0) {
            return chosen.count() == wholeNodes;
        }
        for (int node = first; node < end; node++) {
            if (free.free(node) >= rest && !isChosen(node, chosen)) {
                chosen.add(node, rest);
                return true;
            }
        }
        return false;
    }

    private static boolean isChosen(int node, NodeShares chosen) {
        for (int i = 0; i < chosen.count(); i++) {
            if (chosen.node(i) == node) {
                return true;
            }
        }
        return false;
    }
}
