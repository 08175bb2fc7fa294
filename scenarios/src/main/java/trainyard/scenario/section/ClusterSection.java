package trainyard.scenario.section;

import java.util.Optional;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.sim.hardware.ClusterSpec;

/** {@code cluster}: the machines. */
public final class ClusterSection {

    private static final int MAX_NODES = 1_000_000;

    public static final Field<Optional<Long>> NODES = Field.of(
                    "nodes",
                    new AutoType<>(IntegerType.of("nodes", 1, MAX_NODES)),
                    "How many servers. `auto`: as few as the job's degrees need.")
            .orElse("auto");
    public static final Field<Values> NODE =
            Field.of("node", NodeSection.SECTION, "The server.").asRequired();
    public static final Field<Values> NETWORK = Field.of(
                    "network", NetworkSection.SECTION, "The network between nodes.")
            .orElse("");

    public static final Section SECTION = Section.of("cluster", "Equal servers on one network.", NODES, NODE, NETWORK);

    private ClusterSection() {}

    /** GPUs of one node of the cluster. */
    static int gpusPerNode(Values values) {
        return NodeSection.bind(values.get(NODE)).gpus();
    }

    /** The cluster with {@code nodes} nodes. */
    public static ClusterSpec bind(Values values, int nodes) {
        return new ClusterSpec(NodeSection.bind(values.get(NODE)), nodes, NetworkSection.bind(values.get(NETWORK)));
    }
}
