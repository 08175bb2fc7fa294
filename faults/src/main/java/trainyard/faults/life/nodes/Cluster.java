package trainyard.faults.life.nodes;

import java.util.function.IntSupplier;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.account.GpuTimeLedger;
import trainyard.faults.life.cluster.HeldNodes;
import trainyard.sim.engine.Timeline;
import trainyard.sim.inventory.NodeSource;

/**
 * What a job sees of its cluster.
 *
 * @param shape how many nodes and GPUs it has
 * @param source where nodes come from
 * @param freeNodes nodes that nobody has and that work
 * @param held which nodes the job has
 * @param ledger where the time of GPUs goes
 */
public record Cluster(
        ClusterShape shape, NodeSource source, IntSupplier freeNodes, HeldNodes held, GpuTimeLedger ledger) {

    /** A group of nodes of the job, without nodes as yet. */
    AsideGroup group(Timeline timeline, GpuState state) {
        return new AsideGroup(timeline, ledger, shape.gpusPerNode(), state);
    }
}
