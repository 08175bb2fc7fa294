package trainyard.scheduler.peer.muri;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.placement.Placement;

/**
 * Its {@code shortest} and {@code shortest-gpu}, called SRTF and SRSF: all jobs are sorted by the time they have left, or by its
 * product with their GPUs, and placed in that order; one that does not fit is passed over.
 */
final class ShortestOrder implements MuriOrder {

    private final int nodes;
    private final int gpusPerNode;
    private final Placement placement;
    private final boolean timesGpus;

    ShortestOrder(int nodes, int gpusPerNode, Placement placement, boolean timesGpus) {
        this.nodes = nodes;
        this.gpusPerNode = gpusPerNode;
        this.placement = placement;
        this.timesGpus = timesGpus;
    }

    @Override
    public void arrived(MuriState job) {}

    @Override
    public double together() {
        return CLOSE;
    }

    @Override
    public void ended(MuriState job) {}

    @Override
    public void schedule(List<MuriState> runnable) {
        runnable.sort(
                Comparator.comparingDouble(job -> timesGpus ? job.secondsLeft() * job.job.gpus() : job.secondsLeft()));
        FreeGpus free = FreeGpus.equal(nodes, gpusPerNode);
        NodeShares chosen = new NodeShares();
        Set<Integer> tooLarge = new HashSet<>();
        for (MuriState job : runnable) {
            int gpus = job.job.gpus();
            chosen.clear();
            job.running = gpus <= free.free() && !tooLarge.contains(gpus) && placement.choose(free, gpus, chosen);
            if (job.running) {
                chosen.take(free);
            } else {
                tooLarge.add(gpus);
            }
        }
    }
}
