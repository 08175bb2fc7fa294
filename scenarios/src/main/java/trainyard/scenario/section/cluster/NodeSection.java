package trainyard.scenario.section.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.preset.Presets;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HostSpec;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.ScaleUp;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.units.Dimension;

/** {@code cluster.node}: the server, from the catalogue or changed from it. */
public final class NodeSection {

    /** Servers that are others with another GPU. */
    private static final Map<String, String> NODES_ELSEWHERE = Map.of(
            "dgx-h800", "write preset: dgx-h100, gpu: {preset: h800-sxm-80}",
            "dgx-h20", "write preset: dgx-h100, gpu: {preset: h20}");

    public static final Field<NodeSpec> PRESET = Field.of(
                    "preset",
                    ChoiceType.preset("node", Presets.nodes())
                            .instead(NODES_ELSEWHERE)
                            .instead(Presets::nodesOfGpu)
                            .or(Presets.otherNodes()),
                    "Server of the catalogue, as `trainyard show hardware` lists it.")
            .asRequired();
    public static final Field<Values> GPU =
            Field.of("gpu", GpuSection.SECTION, "The GPU, where it is not the preset's.");
    public static final Field<Long> GPUS =
            Field.of("gpus", IntegerType.of("GPUs", 1, 1024), "GPUs of the node. Left out: those of the preset.");
    public static final Field<ScaleUp> SCALE_UP = Field.of(
            "scale-up",
            ChoiceType.of("way to join GPUs", ScaleUp.class),
            "How the GPUs of a node reach each other; direct links (`nvlink-mesh`) join at most "
                    + NodeSpec.MOST_MESH_GPUS + ". Left out: as in the preset.");
    public static final Field<Long> SCALE_UP_NODES = Field.of(
            "scale-up-nodes",
            IntegerType.between(1, 1024),
            "Nodes whose GPUs one NVLink switch joins, such as the 18 trays of an NVL72 rack; needs `nvswitch`. Left out:"
                    + " as in the preset.");
    public static final Field<Long> NICS =
            Field.of("nics", IntegerType.between(1, 1024), "Network ports of the node. Left out: those of the preset.");
    public static final Field<Double> NIC_BANDWIDTH = Field.of(
            "nic-bandwidth",
            QuantityType.positive(Dimension.DATA_RATE),
            "Rate of one port, per direction. Left out: that of the preset.");
    public static final Field<Double> PCIE_BANDWIDTH = Field.of(
            "pcie-bandwidth",
            QuantityType.positive(Dimension.DATA_RATE),
            "PCIe bandwidth of one GPU, per direction. Left out: that of the preset.");

    public static final Field<Long> GPUS_PER_UPLINK = Field.of(
            "gpus-per-uplink",
            IntegerType.between(1, 1024),
            "GPUs that share one PCIe link to the processors. Left out: as in the preset.");
    public static final Field<Double> CPUS = Field.of(
                    "cpus",
                    new NumberType(1, 100_000),
                    "Processors of the node, of which jobs use `cpus-per-gpu`. Left out: they are not counted.")
            .only(new Use(
                    "`scheduler`",
                    List.of(),
                    (own, all) -> all.find(SchedulerSection.SCHEDULER).isPresent()));
    public static final Field<Double> HOST_MEMORY = Field.of(
            "host-memory",
            QuantityType.positive(Dimension.DATA),
            "Memory of the processors; where it is written, jobs of a cluster share it by their `memory-per-gpu`. Left out: that of the"
                    + " preset, which is not counted for such jobs.");
    public static final Field<Double> HOST_MEMORY_BANDWIDTH = Field.of(
            "host-memory-bandwidth",
            QuantityType.positive(Dimension.DATA_RATE),
            "Rate of the processors' memory on the data sheet, all sockets together. Left out: that of the preset.");
    public static final Field<Double> NVME = Field.of(
            "nvme",
            QuantityType.positive(Dimension.DATA),
            "Capacity of the node's drives for data. Left out: that of the preset.");
    public static final Field<Double> NVME_READ = Field.of(
            "nvme-read",
            QuantityType.positive(Dimension.DATA_RATE),
            "Rate at which the drives read together. Left out: that of the preset.");
    public static final Field<Double> NVME_WRITE = Field.of(
            "nvme-write",
            QuantityType.positive(Dimension.DATA_RATE),
            "Rate at which the drives write together. Left out: that of the preset.");

    public static final Section SECTION = Section.of(
            "cluster.node",
            "The server that every node of the cluster is.",
            PRESET,
            GPU,
            GPUS,
            SCALE_UP,
            SCALE_UP_NODES,
            NICS,
            NIC_BANDWIDTH,
            PCIE_BANDWIDTH,
            GPUS_PER_UPLINK,
            CPUS,
            HOST_MEMORY,
            HOST_MEMORY_BANDWIDTH,
            NVME,
            NVME_READ,
            NVME_WRITE);

    private static final List<String> HOST_COPIES = List.of("h2d_pinned", "d2h_pinned");

    private static final List<Field<?>> HOST =
            List.of(GPUS_PER_UPLINK, HOST_MEMORY, HOST_MEMORY_BANDWIDTH, NVME, NVME_READ, NVME_WRITE);

    private NodeSection() {}

    /**
     * A PCIe bandwidth that is stated or measured is the way to the host, whatever other link the preset has; a measured
     * one is what copies reach.
     */
    private static HostSpec host(Values values, HostSpec base, boolean overPcie) {
        return new HostSpec(
                values.find(HOST_MEMORY).orElse(base.memoryBytes()),
                values.find(HOST_MEMORY_BANDWIDTH).orElse(base.memoryBytesPerSecond()),
                values.find(GPUS_PER_UPLINK).map(Math::toIntExact).orElse(base.gpusPerUplink()),
                measuredPcie(values).isPresent() && !values.isWritten(PCIE_BANDWIDTH) ? 1 : base.copyShare(),
                overPcie ? 0 : base.ownLinkBytesPerSecond(),
                values.find(NVME).orElse(base.nvmeBytes()),
                values.find(NVME_READ).orElse(base.nvmeReadBytesPerSecond()),
                values.find(NVME_WRITE).orElse(base.nvmeWriteBytesPerSecond()));
    }

    /** The measurements of the node's GPU, where the scenario names some. */
    static Optional<CalibrationProfile> calibration(Values values) {
        return values.find(GPU).flatMap(GpuSection::calibration);
    }

    /** The slower direction of the measured copies between host and GPU; empty where neither was measured. */
    private static Optional<Double> measuredPcie(Values values) {
        return calibration(values)
                .flatMap(profile -> HOST_COPIES.stream()
                        .flatMap(name -> profile.link(name).stream())
                        .filter(link -> link.betaSecondsPerByte() > 0)
                        .map(link -> 1 / link.betaSecondsPerByte())
                        .min(Double::compare));
    }

    static NodeSpec bind(Values values) {
        NodeSpec base = values.get(PRESET);
        GpuSpec gpu = values.find(GPU)
                .map(section -> GpuSection.bind(section, base.gpu()))
                .orElse(base.gpu());
        Optional<Double> pcie = values.find(PCIE_BANDWIDTH).or(() -> measuredPcie(values));
        boolean changed = !gpu.equals(base.gpu())
                || values.isWritten(GPUS)
                || values.isWritten(SCALE_UP)
                || values.isWritten(SCALE_UP_NODES)
                || values.isWritten(NICS)
                || values.isWritten(NIC_BANDWIDTH)
                || pcie.isPresent()
                || HOST.stream().anyMatch(values::isWritten);
        if (!changed) {
            return base;
        }
        ScaleUp scaleUp = values.find(SCALE_UP).orElse(base.scaleUp());
        int scaleUpNodes = values.find(SCALE_UP_NODES)
                .map(Math::toIntExact)
                .orElse(scaleUp == base.scaleUp() ? base.scaleUpNodes() : 1);
        requireSwitch(values, scaleUp, scaleUpNodes);
        int gpus = values.find(GPUS).map(Math::toIntExact).orElse(base.gpus());
        requireLinks(values, scaleUp, gpus);
        return new NodeSpec(
                base.name() + " (changed)",
                gpu,
                gpus,
                scaleUp,
                values.find(NICS).map(Math::toIntExact).orElse(base.nics()),
                values.find(NIC_BANDWIDTH).orElse(base.nicBytesPerSecond()),
                pcie.orElse(base.pcieBytesPerSecond()),
                host(values, base.host(), pcie.isPresent()),
                base.maxPowerWatts(),
                scaleUpNodes,
                new Provenance(Provenance.Kind.USER, "set in the scenario, from " + base.name(), ""));
    }

    private static void requireSwitch(Values values, ScaleUp scaleUp, int nodes) {
        if (nodes > 1 && scaleUp != ScaleUp.NVSWITCH) {
            throw new ScenarioException(Problem.at(
                    values.position(SCALE_UP_NODES),
                    Problem.Kind.PLAN,
                    "scale-up links without a switch join the GPUs of one node only",
                    "write scale-up: nvswitch, or scale-up-nodes: 1"));
        }
    }

    private static void requireLinks(Values values, ScaleUp scaleUp, int gpus) {
        if (scaleUp == ScaleUp.NVLINK_MESH && gpus > NodeSpec.MOST_MESH_GPUS) {
            throw new ScenarioException(Problem.at(
                    values.position(values.isWritten(GPUS) ? GPUS : SCALE_UP),
                    Problem.Kind.PLAN,
                    "direct NVLinks join at most " + NodeSpec.MOST_MESH_GPUS + " GPUs, and the node has " + gpus,
                    "write scale-up: nvswitch, or gpus: " + NodeSpec.MOST_MESH_GPUS));
        }
    }
}
