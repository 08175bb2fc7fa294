package trainyard.scenario.section.cluster;

import java.util.Optional;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.network.ExchangePricing;
import trainyard.scenario.section.network.NetworkSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

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

    public static final Field<Values> CONDITION = Field.of(
            "condition", ConditionSection.SECTION, "What makes the GPUs of a job unequal. Left out: all alike.");

    public static final Section SECTION =
            Section.of("cluster", "Servers on one network.", NODES, NODE, NETWORK, CONDITION);

    public static final Field<Values> CLUSTER =
            Field.of("cluster", SECTION, "The machines; most kinds of study need them.");

    private ClusterSection() {}

    /** Whether the number of nodes is stated and does not follow from the job. */
    public static boolean statesNodes(Values values) {
        return values.get(NODES).isPresent();
    }

    /**
     * The measurements of the cluster's GPUs, where the scenario names some.
     *
     * @throws trainyard.scenario.source.ScenarioException if the file cannot be read or is not a profile
     */
    public static Optional<CalibrationProfile> calibration(Values values) {
        return NodeSection.calibration(values.get(NODE));
    }

    /**
     * How exchanges between GPUs are priced.
     *
     * @throws trainyard.scenario.source.ScenarioException if jobs share the network, but messages are not sent over it
     */
    public static ExchangePricing exchanges(Values values) {
        return NetworkSection.exchanges(values.get(NETWORK));
    }

    /**
     * Refuses more jobs on the network than the nodes hold.
     *
     * @param each nodes that one of them needs
     * @param there nodes of the cluster
     * @throws trainyard.scenario.source.ScenarioException if they are too few
     */
    public static void requireNodes(Values values, int each, int there) {
        NetworkSection.requireNodes(values.get(NETWORK), each, there);
    }

    /**
     * Refuses exchanges that are sent message by message.
     *
     * @throws trainyard.scenario.source.ScenarioException if the scenario asks for them
     */
    public static void requireFormulas(Values values) {
        NetworkSection.requireFormulas(values.get(NETWORK));
    }

    /**
     * Refuses training jobs on the network where the scenario has none.
     *
     * @param other what it has in their place
     * @param hint what to write in place of jobs
     * @throws trainyard.scenario.source.ScenarioException if there are any
     */
    public static void requireOneJob(Values values, String other, String hint) {
        NetworkSection.requireOneJob(values.get(NETWORK), other, hint);
    }

    /** Reports a condition where it would count for nothing: all but the step of a job. */
    public static void refuseCondition(Values values, Problems problems) {
        if (values.isWritten(CONDITION)) {
            problems.add(
                    values.position(CONDITION),
                    Problem.Kind.KEY,
                    "cluster.condition counts for the step of a job only",
                    "drop it");
        }
    }

    /** Refuses a condition of the GPUs of a cluster whose links alone matter. */
    public static void refuseConditionOfGpus(Values values, Problems problems) {
        values.find(CONDITION)
                .ifPresent(condition -> condition.section().fields().stream()
                        .filter(field -> !field.equals(ConditionSection.SLOW_LINKS) && condition.isWritten(field))
                        .forEach(field -> problems.add(
                                condition.position(field),
                                Problem.Kind.KEY,
                                "'" + field.key() + "' counts for the step of a job only",
                                "drop it")));
    }

    /** GPUs of one node of the cluster. */
    public static int gpusPerNode(Values values) {
        return NodeSection.bind(values.get(NODE)).gpus();
    }

    /** Processors of a node; infinite where the scenario does not state them. */
    public static double cpusPerNode(Values values) {
        return values.get(NODE).find(NodeSection.CPUS).orElse(Double.POSITIVE_INFINITY);
    }

    /** Host memory of a node in bytes that jobs share; infinite where the scenario does not state it. */
    public static double memoryBytesPerNode(Values values) {
        return values.get(NODE).find(NodeSection.HOST_MEMORY).orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * The cluster with {@code nodes} nodes, whose ports run at the rate of the fabric where it is slower.
     *
     * @throws ScenarioException if the scenario states a rate of the ports that the fabric it names does not run them at
     */
    public static ClusterSpec bind(Values values, int nodes) {
        NodeSpec node = NodeSection.bind(values.get(NODE));
        FabricSpec fabric = NetworkSection.bind(values.get(NETWORK), node.nicBytesPerSecond());
        if (node.nicBytesPerSecond() > fabric.portBytesPerSecond() && statesPort(values)) {
            // In the unit in which it was stated: who writes 800 Gb/s thinks in bits.
            String stated =
                    values.get(NODE).text(NodeSection.NIC_BANDWIDTH.key()).orElse("");
            String rate = Units.formatLike(fabric.portBytesPerSecond(), stated, Dimension.DATA_RATE);
            throw new ScenarioException(Problem.at(
                    values.get(NODE).position(NodeSection.NIC_BANDWIDTH),
                    Problem.Kind.PLAN,
                    "ports of " + Units.formatLike(node.nicBytesPerSecond(), stated, Dimension.DATA_RATE)
                            + " on a network whose ports run at " + rate,
                    "write nic-bandwidth: " + rate + ", or another cluster.network.preset"));
        }
        return new ClusterSpec(node.on(fabric), nodes, fabric);
    }

    /** That a fabric is named whose ports would be faster than those of the node, which then decide; empty where none is. */
    public static Optional<Problem> fasterFabric(Values values) {
        Values network = values.get(NETWORK);
        double port = NodeSection.bind(values.get(NODE)).nicBytesPerSecond();
        return network.get(NetworkSection.PRESET)
                .filter(fabric ->
                        fabric.portBytesPerSecond() > port && !values.get(NODE).isWritten(NodeSection.NIC_BANDWIDTH))
                .map(fabric -> Problem.at(
                        network.position(NetworkSection.PRESET),
                        Problem.Kind.PLAN,
                        "ports of " + network.text(NetworkSection.PRESET.key()).orElse(fabric.name()) + " run at "
                                + Units.format(fabric.portBytesPerSecond(), Dimension.DATA_RATE)
                                + ", those of the node at " + Units.format(port, Dimension.DATA_RATE)
                                + ", which counts unless cluster.node.nic-bandwidth says otherwise",
                        ""));
    }

    private static boolean statesPort(Values values) {
        return values.get(NODE).isWritten(NodeSection.NIC_BANDWIDTH)
                && values.get(NETWORK).get(NetworkSection.PRESET).isPresent();
    }
}
