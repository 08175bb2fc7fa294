package trainyard.scenario.section.sgd;

import java.util.Optional;
import trainyard.faults.cause.ClusterShape;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.faults.FaultsSection;
import trainyard.scenario.section.faults.NodeFaults;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.topology.LeafNodes;
import trainyard.sim.units.Dimension;
import trainyard.training.clock.FaultOutages;
import trainyard.training.clock.Outages;

/** {@code sgd.failures}: workers that fail with their nodes. */
public final class SgdFailuresSection {

    public static final Field<Values> FAULTS = Field.of(
                    "faults",
                    FaultsSection.SECTION,
                    "What goes wrong, as in `life`: causes that stop workers by way of their nodes. Others of a preset are passed over."
                            + " Servers do not fail.")
            .asRequired();
    public static final Field<Double> RESTART = Field.of(
                    "restart",
                    QuantityType.positive(Dimension.DURATION),
                    "Time from the fault, or from the end of the repair where a node needs one, until its workers are there again with"
                            + " parameters.")
            .orElse("5 min");
    public static final Field<Long> NODES_PER_RACK = Field.of(
                    "nodes-per-rack",
                    IntegerType.of("nodes", 1, 100_000),
                    "Nodes that a fault of scope `rack` or `power` takes at once.")
            .orElse("8 nodes");

    public static final Section SECTION = Section.of(
            "sgd.failures",
            "Workers that fail with their nodes: those of `cluster`, or a node for each worker. Each node is repaired at once. A worker"
                    + " loses the gradient that it computes; what else it loses depends on the rule.",
            FAULTS,
            RESTART,
            NODES_PER_RACK);

    private SgdFailuresSection() {}

    /**
     * When workers fail.
     *
     * @param cluster where they are; empty: each on a node of its own
     */
    public static Outages bind(Values values, int workers, Optional<ClusterSpec> cluster) {
        int perRack = Math.toIntExact(values.get(NODES_PER_RACK));
        ClusterShape shape = cluster.map(spec -> shape(spec, workers, perRack))
                .orElseGet(() -> new ClusterShape(workers, 1, perRack));
        return new FaultOutages(
                new NodeFaults("worker", "workers").bind(values.get(FAULTS)), shape, workers, values.get(RESTART));
    }

    private static ClusterShape shape(ClusterSpec cluster, int workers, int perRack) {
        int gpusPerNode = cluster.node().gpus();
        return new ClusterShape(
                (workers + gpusPerNode - 1) / gpusPerNode,
                gpusPerNode,
                perRack,
                Math.max(1, cluster.node().nics()),
                LeafNodes.of(cluster),
                1);
    }
}
