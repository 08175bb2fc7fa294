package trainyard.scenario.section.network;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.preset.Presets;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.csv.CsvException;
import trainyard.sim.hardware.FabricGraph;
import trainyard.sim.hardware.FabricLayout;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.network.collective.FabricSharing;
import trainyard.sim.units.Dimension;

/** {@code cluster.network}: the fabric between nodes, from the catalogue or changed from it. */
public final class NetworkSection {

    /** Names of fabrics by their makers. */
    private static final Map<String, String> FABRICS_ELSEWHERE = Map.of(
            "infiniband", "did you mean 'ib-hdr' (200 Gb/s), 'ib-ndr' (400 Gb/s) or 'ib-xdr' (800 Gb/s)?",
            "infiniband-100", "did you mean 'ib-edr'?",
            "infiniband-200", "did you mean 'ib-hdr'?",
            "infiniband-400", "did you mean 'ib-ndr'?",
            "infiniband-800", "did you mean 'ib-xdr'?",
            "ethernet", "did you mean 'roce-100', 'roce-400' or '100gbe-tcp-sockets'?");

    public static final Field<Optional<FabricSpec>> PRESET = Field.of(
                    "preset",
                    new AutoType<>(ChoiceType.preset("fabric", Presets.fabrics())
                            .instead(FABRICS_ELSEWHERE)
                            .or(Presets.otherFabrics())),
                    "Fabric of the catalogue, as `trainyard show hardware` lists it. Its ports run at its rate where those of"
                            + " the node are faster, and at theirs where they are slower. `auto`: the InfiniBand at the rate"
                            + " of the node's ports.")
            .orElse("auto");
    public static final Field<FabricSpec.Kind> KIND = Field.of(
            "kind",
            ChoiceType.of("kind of network", FabricSpec.Kind.class),
            "Shape of the switch network. Left out: as in the preset.");
    public static final Field<Double> LATENCY = Field.of(
            "latency",
            QuantityType.of(Dimension.DURATION),
            "One-way latency of a small message between two nodes. Left out: that of the preset.");
    public static final Field<Double> EFFICIENCY = Field.of(
            "efficiency",
            new NumberType(0.01, 1),
            "Share of the port rate that large transfers reach. Left out: that of the preset.");
    public static final Field<Double> OVERSUBSCRIPTION = Field.of(
            "oversubscription",
            new NumberType(1, 64),
            "Downlink over uplink capacity of a leaf switch; 2 is two-to-one. Left out: that of the preset.");
    public static final Field<Boolean> GPU_DIRECT = Field.of(
            "gpu-direct",
            new FlagType(),
            "Whether ports read and write GPU memory themselves (GPUDirect RDMA). Without it each message is copied through"
                    + " the memory of the host at both ends, over the same PCIe links; closed forms only. Left out: as in"
                    + " the preset.");
    public static final Field<Boolean> IN_NETWORK_REDUCTION = Field.of(
                    "in-network-reduction",
                    new FlagType(),
                    "Whether the switches add up what the nodes send and copy the sum to all (SHARP on InfiniBand), so that an"
                            + " all-reduce over nodes behind NVSwitch from Hopper on may take `collnet`. By formula; `flow`"
                            + " takes it only where `collective.algorithm` or `traffic.algorithm` asks for it.")
            .orElse("false");
    public static final Field<Long> NODES_PER_LEAF = Field.of(
            "nodes-per-leaf",
            IntegerType.between(1, 1024),
            "Nodes on each leaf switch of a `fat-tree`, or on each set of leaves of a `rail-optimised` one. Left out: as many"
                    + " as a leaf of 64 ports takes.");
    public static final Field<String> TORUS = Field.of(
            "torus",
            new TextType("[1-9]\\d{0,5}(x[1-9]\\d{0,5}){1,2}", "two or three sides, such as `8x8` or `4x4x4`"),
            "Routers along each dimension of a `torus`, one for each node. Left out: two sides as equal as possible.");
    public static final Field<Long> DRAGONFLY = Field.of(
            "dragonfly-nodes",
            IntegerType.between(1, 64),
            "Nodes on each router of a `dragonfly`; twice as many routers form a group. Left out: as few as reach every"
                    + " node.");
    public static final Field<String> GRAPH = Field.of(
            "graph",
            TextType.ANY,
            "CSV file with the cables of a `graph`, relative to the folder of the scenario: columns `from`, `to`,"
                    + " `bandwidth` (such as `400 Gb/s`) and `latency` (such as `0.5 us`). `node3` is every port of node"
                    + " 3, `node3.port1` one of them, any other name a switch.");

    public static final Field<CollectiveForm> COLLECTIVES = Field.of(
                    "collectives",
                    ChoiceType.of("form of collectives", CollectiveForm.class),
                    "How exchanges are priced: `analytic` by formula with NCCL's choice of algorithm; `flow` by sending"
                            + " every message over the links, so that what shares a link slows down. `flow` takes rings"
                            + " unless `collective.algorithm` says otherwise, and no time for the call itself; an exchange of more"
                            + " than 10 million messages is refused.")
            .orElse("analytic");

    public static final Field<Long> JOBS = Field.of(
                    "jobs",
                    IntegerType.between(1, 1024),
                    "Equal training jobs on this network, each on its even part of the nodes. They make each exchange at the"
                            + " same time, which is when they are most in each other's way. More than one needs"
                            + " `collectives: flow`.")
            .orElse("1");
    public static final Field<TrafficSection.Placement> PLACEMENT = Field.of(
                    "placement",
                    ChoiceType.of("placement", TrafficSection.Placement.class),
                    "Which nodes each of the `jobs` has: `packed` neighbours, or `interleaved` over all leaf switches.")
            .orElse("packed");

    public static final Section SECTION = Section.of(
            "cluster.network",
            "The network between nodes.",
            PRESET,
            KIND,
            LATENCY,
            EFFICIENCY,
            OVERSUBSCRIPTION,
            GPU_DIRECT,
            IN_NETWORK_REDUCTION,
            NODES_PER_LEAF,
            TORUS,
            DRAGONFLY,
            GRAPH,
            COLLECTIVES,
            JOBS,
            PLACEMENT);

    private NetworkSection() {}

    /**
     * How the time of exchanges is found.
     *
     * @throws ScenarioException if several jobs are priced by formula, or one is placed
     */
    public static ExchangePricing exchanges(Values values) {
        CollectiveForm form = values.get(COLLECTIVES);
        int jobs = Math.toIntExact(values.get(JOBS));
        if (jobs > 1 && form != CollectiveForm.FLOW) {
            throw new ScenarioException(Problem.at(
                    values.position(JOBS),
                    Problem.Kind.PLAN,
                    jobs + " jobs share links, which the formulas of collectives know nothing of",
                    "add collectives: flow"));
        }
        if (jobs == 1 && values.isWritten(PLACEMENT)) {
            throw new ScenarioException(Problem.at(
                    values.position(PLACEMENT),
                    Problem.Kind.PLAN,
                    "placement has no effect for one job",
                    "add jobs: 2, or leave it out"));
        }
        boolean interleaved = values.get(PLACEMENT) == TrafficSection.Placement.INTERLEAVED;
        return new ExchangePricing(
                form, new FabricSharing(jobs, interleaved), Optional.of(values.position(COLLECTIVES)));
    }

    /**
     * @param each nodes that one of the jobs needs
     * @param there nodes of the cluster
     * @throws ScenarioException if the nodes do not hold all jobs of the network
     */
    public static void requireNodes(Values values, int each, int there) {
        long jobs = values.get(JOBS);
        if (jobs * each > there) {
            throw new ScenarioException(Problem.at(
                    values.position(JOBS),
                    Problem.Kind.PLAN,
                    jobs + " jobs of " + each + (each == 1 ? " node" : " nodes") + " need " + jobs * each
                            + " nodes, and there are " + there,
                    there / each > 1 ? "nearest: jobs: " + there / each : "write cluster.nodes: " + jobs * each));
        }
    }

    /**
     * @throws ScenarioException if exchanges are sent message by message, which a search of plans does not do
     */
    public static void requireFormulas(Values values) {
        if (exchanges(values).form() != CollectiveForm.ANALYTIC) {
            throw new ScenarioException(Problem.at(
                    values.position(COLLECTIVES),
                    Problem.Kind.PLAN,
                    "a search of plans prices exchanges by formula, for one job alone on the network",
                    "drop collectives and jobs, and run the plan that it finds with them"));
        }
    }

    /**
     * @param other what the scenario has in place of a training job
     * @param hint what to write in place of jobs
     * @throws ScenarioException if the network has training jobs of its own
     */
    public static void requireOneJob(Values values, String other, String hint) {
        if (values.isWritten(JOBS)) {
            throw new ScenarioException(Problem.at(
                    values.position(JOBS),
                    Problem.Kind.PLAN,
                    "jobs of the network are training jobs, which a scenario with " + other + " does not have",
                    hint));
        }
    }

    /**
     * The fabric.
     *
     * @param portBytesPerSecond rate of a node's port, which decides what {@code auto} means
     */
    public static FabricSpec bind(Values values, double portBytesPerSecond) {
        FabricSpec base =
                values.get(PRESET).orElseGet(() -> HardwareCatalog.load().infiniBand(portBytesPerSecond));
        FabricSpec fabric = forwarding(values, base);
        return values.get(IN_NETWORK_REDUCTION) ? fabric.reducing() : fabric;
    }

    private static FabricSpec forwarding(Values values, FabricSpec base) {
        boolean changed = values.isWritten(KIND)
                || values.isWritten(LATENCY)
                || values.isWritten(EFFICIENCY)
                || values.isWritten(OVERSUBSCRIPTION)
                || values.isWritten(GPU_DIRECT)
                || values.isWritten(NODES_PER_LEAF)
                || values.isWritten(TORUS)
                || values.isWritten(DRAGONFLY)
                || values.isWritten(GRAPH);
        if (!changed) {
            return base;
        }
        FabricSpec.Kind kind = values.find(KIND).orElse(base.kind());
        checkMeasures(values, kind);
        return new FabricSpec(
                base.name() + " (changed)",
                kind,
                base.portBytesPerSecond(),
                values.find(LATENCY).orElse(base.latencySeconds()),
                values.find(EFFICIENCY).orElse(base.achievedFraction()),
                values.find(OVERSUBSCRIPTION).orElse(base.oversubscription()),
                base.keepsOrder(),
                values.find(GPU_DIRECT).orElse(base.gpuDirect()),
                false,
                layout(values),
                new Provenance(Provenance.Kind.USER, "set in the scenario, from " + base.name(), ""));
    }

    /** The measures of another kind than the one chosen would have no effect. */
    private static void checkMeasures(Values values, FabricSpec.Kind kind) {
        Problems problems = new Problems();
        checkMeasure(values, TORUS, kind, FabricSpec.Kind.TORUS, problems);
        checkMeasure(values, DRAGONFLY, kind, FabricSpec.Kind.DRAGONFLY, problems);
        checkMeasure(values, GRAPH, kind, FabricSpec.Kind.GRAPH, problems);
        if (kind == FabricSpec.Kind.GRAPH && !values.isWritten(GRAPH)) {
            problems.add(
                    values.position(KIND),
                    Problem.Kind.KEY,
                    "kind graph needs the file with its cables",
                    "add graph: FILE");
        }
        problems.throwIfAny();
    }

    private static void checkMeasure(
            Values values, Field<?> field, FabricSpec.Kind chosen, FabricSpec.Kind needed, Problems problems) {
        if (values.isWritten(field) && chosen != needed) {
            problems.add(
                    values.position(field),
                    Problem.Kind.KEY,
                    "'" + field.key() + "' has a meaning for kind " + ChoiceType.word(needed) + " only, this is "
                            + ChoiceType.word(chosen),
                    "add kind: " + ChoiceType.word(needed));
        }
    }

    private static FabricLayout layout(Values values) {
        List<Integer> sides = values.find(TORUS).stream()
                .flatMap(text -> Stream.of(text.split("x")))
                .map(Integer::valueOf)
                .toList();
        int nodesPerRouter = values.find(DRAGONFLY).map(Math::toIntExact).orElse(0);
        int nodesPerLeaf = values.find(NODES_PER_LEAF).map(Math::toIntExact).orElse(0);
        return new FabricLayout(
                nodesPerLeaf, sides, nodesPerRouter, values.find(GRAPH).map(file -> graph(values, file)));
    }

    private static FabricGraph graph(Values values, String file) {
        Position position = values.position(GRAPH);
        try {
            return FabricGraph.read(Path.of(position.source().name()).resolveSibling(file));
        } catch (CsvException | InvalidPathException unreadable) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.DATA,
                    unreadable.getMessage(),
                    "a table with the columns from, to, bandwidth and latency"));
        }
    }
}
