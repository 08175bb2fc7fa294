package trainyard.scheduler.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.cluster.NodeStatus;
import trainyard.scheduler.job.ClusterJob;

/**
 * Only nodes that have processors and memory enough for a job's GPUs on them. What jobs have of each node is told by whoever
 * starts and stops them, so one object serves one run.
 */
public final class WithHost implements Placement {

    private static final double TOLERANCE = 1e-9;

    private final Placement inside;
    private final double[] cpus;
    private final double[] memoryBytes;

    /**
     * @param layout processors and memory of each node
     * @param inside where among those that are left; a choice of pools lies inside, not outside
     */
    public WithHost(ClusterLayout layout, Placement inside) {
        this.inside = Objects.requireNonNull(inside, "inside");
        cpus = new double[layout.nodes()];
        memoryBytes = new double[layout.nodes()];
        Arrays.setAll(cpus, node -> layout.pool(node).cpusPerNode());
        Arrays.setAll(memoryBytes, node -> layout.pool(node).memoryBytesPerNode());
    }

    @Override
    public String name() {
        return inside.name();
    }

    @Override
    public boolean choose(FreeGpus free, int gpus, NodeShares chosen) {
        return inside.choose(free, gpus, chosen);
    }

    /** Looks again without the nodes that turned out to lack something, until none does or none is left. */
    @Override
    public boolean choose(FreeGpus free, ClusterJob job, int gpus, NodeShares chosen) {
        List<Integer> hidden = new ArrayList<>();
        boolean found = inside.choose(free, job, gpus, chosen);
        while (found && hideLacking(free, job, chosen, hidden)) {
            found = inside.choose(free, job, gpus, chosen);
        }
        hidden.forEach(node -> free.setStatus(node, NodeStatus.UP));
        return found;
    }

    private boolean hideLacking(FreeGpus free, ClusterJob job, NodeShares chosen, List<Integer> hidden) {
        int before = hidden.size();
        for (int i = 0; i < chosen.count(); i++) {
            int node = chosen.node(i);
            boolean lacks = cpus[node] < chosen.gpus(i) * job.traits().cpus() - TOLERANCE
                    || memoryBytes[node] * (1 + TOLERANCE)
                            < chosen.gpus(i) * job.traits().memoryBytes();
            if (lacks) {
                free.setStatus(node, NodeStatus.DRAINING);
                hidden.add(node);
            }
        }
        return hidden.size() > before;
    }

    /**
     * Processors and memory of a job for each of its GPUs, beside what matters inside.
     *
     * @param inside of its kind there
     */
    private record Needs(Object inside, double cpus, double memoryBytes) {}

    @Override
    public Object kind(ClusterJob job) {
        return new Needs(inside.kind(job), job.traits().cpus(), job.traits().memoryBytes());
    }

    @Override
    public boolean keepsBooks() {
        return true;
    }

    @Override
    public void taken(ClusterJob job, NodeShares shares) {
        change(job, shares, -1);
    }

    @Override
    public void given(ClusterJob job, NodeShares shares) {
        change(job, shares, 1);
    }

    private void change(ClusterJob job, NodeShares shares, int sign) {
        for (int i = 0; i < shares.count(); i++) {
            cpus[shares.node(i)] += sign * shares.gpus(i) * job.traits().cpus();
            memoryBytes[shares.node(i)] += sign * shares.gpus(i) * job.traits().memoryBytes();
        }
    }
}
