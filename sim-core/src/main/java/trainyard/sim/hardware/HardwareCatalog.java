package trainyard.sim.hardware;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * GPUs, nodes, links and fabrics by name. {@link #load()} reads the tables shipped beside this class; the
 * {@code with...} methods return a catalogue that also holds the rows of a user's file with the same header, where a row
 * of a known name replaces the shipped one. Lists keep the order of the tables. Names match whatever their case, and as
 * drivers, clouds and papers write them ({@code aliases.csv}); an unknown one fails with the nearest names.
 */
public final class HardwareCatalog {

    private static final String ALIASES = "aliases.csv";

    /** From slow to fast. */
    private static final List<String> INFINIBAND = List.of("IB EDR", "IB HDR", "IB NDR", "IB XDR");

    private final NamedParts<GpuSpec> gpus;
    private final NamedParts<NodeSpec> nodes;
    private final NamedParts<InterconnectSpec> links;
    private final NamedParts<FabricSpec> fabrics;
    private final Map<String, NodeSpec> usualNodes;

    private HardwareCatalog(
            NamedParts<GpuSpec> gpus,
            NamedParts<NodeSpec> nodes,
            NamedParts<InterconnectSpec> links,
            NamedParts<FabricSpec> fabrics,
            Map<String, NodeSpec> usualNodes) {
        this.gpus = gpus;
        this.nodes = nodes;
        this.links = links;
        this.fabrics = fabrics;
        this.usualNodes = usualNodes;
    }

    /** Reads the shipped tables once, when first asked; the catalogue cannot be changed. */
    private static final class Shipped {
        private static final HardwareCatalog CATALOG = readShipped();
    }

    /** The shipped catalogue. */
    public static HardwareCatalog load() {
        return Shipped.CATALOG;
    }

    private static HardwareCatalog readShipped() {
        NamedParts<GpuSpec> gpus = new NamedParts<>("GPU");
        NamedParts<NodeSpec> nodes = new NamedParts<>("node");
        NamedParts<InterconnectSpec> links = new NamedParts<>("scale-up link");
        NamedParts<FabricSpec> fabrics = new NamedParts<>("fabric");
        GpuTable.read(shipped("gpus.csv"), gpus);
        AliasTable.read(shipped(ALIASES), "gpu", gpus);
        NodeTable.read(shipped("nodes.csv"), gpus, nodes);
        AliasTable.read(shipped(ALIASES), "node", nodes);
        InterconnectTable.read(shipped("interconnects.csv"), links, fabrics);
        AliasTable.read(shipped(ALIASES), "fabric", fabrics);
        return new HardwareCatalog(gpus, nodes, links, fabrics, usualNodes(gpus, nodes));
    }

    private static Map<String, NodeSpec> usualNodes(NamedParts<GpuSpec> gpus, NamedParts<NodeSpec> nodes) {
        Map<String, NodeSpec> usual = new LinkedHashMap<>();
        for (CsvRow row : shipped("usual_nodes.csv").require("gpu", "node").rows()) {
            GpuSpec gpu = gpus.get(row.requiredText("gpu"));
            usual.put(gpu.name(), nodes.get(row.requiredText("node")).withGpu(gpu));
        }
        return usual;
    }

    private static CsvTable shipped(String name) {
        return CsvTable.resource(HardwareCatalog.class, name);
    }

    /**
     * This catalogue and the GPUs of a file with the header of {@code gpus.csv}.
     *
     * @throws trainyard.sim.csv.CsvException if a row is wrong; the message names file, line and column
     */
    public HardwareCatalog withGpus(Path csv) {
        NamedParts<GpuSpec> more = gpus.copy();
        GpuTable.read(CsvTable.read(csv), more);
        return new HardwareCatalog(more, nodes, links, fabrics, usualNodes);
    }

    /**
     * @throws IllegalArgumentException if there is no such GPU; the message names the nearest
     */
    public GpuSpec gpu(String name) {
        return gpus.get(name);
    }

    /**
     * @throws IllegalArgumentException if there is no such node; the message names the nearest
     */
    public NodeSpec node(String name) {
        return nodes.get(name);
    }

    /** The GPU of a name or an alias. */
    public Optional<GpuSpec> findGpu(String name) {
        return gpus.find(name);
    }

    /** The node of a name or an alias, such as the instance type of a cloud. */
    public Optional<NodeSpec> findNode(String name) {
        return nodes.find(name);
    }

    /** The fabric of a name or an alias. */
    public Optional<FabricSpec> findFabric(String name) {
        return fabrics.find(name);
    }

    /** The server in which a GPU usually comes, with this GPU in it; empty for one that only a user's file names. */
    public Optional<NodeSpec> usualNode(GpuSpec gpu) {
        return Optional.ofNullable(usualNodes.get(gpu.name())).map(node -> node.withGpu(gpu));
    }

    /** A node of the catalogue with another GPU in it, such as a DGX A100 with 40 GB GPUs. */
    public NodeSpec node(String name, String gpu) {
        return nodes.get(name).withGpu(gpus.get(gpu));
    }

    /**
     * @throws IllegalArgumentException if there is no such fabric; the message names the nearest
     */
    public FabricSpec fabric(String name) {
        return fabrics.get(name);
    }

    /** The slowest InfiniBand from EDR on whose ports run at a node's rate or above, the fastest if none does. */
    public FabricSpec infiniBand(double portBytesPerSecond) {
        return INFINIBAND.stream()
                .map(this::fabric)
                .filter(fabric -> fabric.portBytesPerSecond() >= portBytesPerSecond)
                .findFirst()
                .orElseGet(() -> fabric(INFINIBAND.get(INFINIBAND.size() - 1)));
    }

    /**
     * @throws IllegalArgumentException if there is no such scale-up link; the message names the nearest
     */
    public InterconnectSpec link(String name) {
        return links.get(name);
    }

    public List<GpuSpec> gpus() {
        return gpus.all();
    }

    /** Other names of the GPUs, as they are written. */
    public List<String> gpuAliases() {
        return gpus.aliases();
    }

    /** Other names of the nodes, as they are written. */
    public List<String> nodeAliases() {
        return nodes.aliases();
    }

    /** Other names of the fabrics, as they are written. */
    public List<String> fabricAliases() {
        return fabrics.aliases();
    }

    public List<NodeSpec> nodes() {
        return nodes.all();
    }

    public List<FabricSpec> fabrics() {
        return fabrics.all();
    }
}
