package trainyard.sim.hardware;

import java.nio.file.Path;
import java.util.List;
import trainyard.sim.csv.CsvTable;

/**
 * GPUs, nodes, links and fabrics by name. {@link #load()} reads the tables shipped beside this class; the
 * {@code with...} methods return a catalogue that also holds the rows of a user's file with the same header, where a row
 * of a known name replaces the shipped one. Lists keep the order of the tables. Names match whatever their case; an
 * unknown one fails with the nearest names.
 */
public final class HardwareCatalog {

    /** From slow to fast. */
    private static final List<String> INFINIBAND = List.of("IB EDR", "IB HDR", "IB NDR", "IB XDR");

    private final NamedParts<GpuSpec> gpus;
    private final NamedParts<NodeSpec> nodes;
    private final NamedParts<InterconnectSpec> links;
    private final NamedParts<FabricSpec> fabrics;

    private HardwareCatalog(
            NamedParts<GpuSpec> gpus,
            NamedParts<NodeSpec> nodes,
            NamedParts<InterconnectSpec> links,
            NamedParts<FabricSpec> fabrics) {
        this.gpus = gpus;
        this.nodes = nodes;
        this.links = links;
        this.fabrics = fabrics;
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
        aliasGpus(gpus);
        aliasFabrics(fabrics);
        GpuTable.read(shipped("gpus.csv"), gpus);
        NodeTable.read(shipped("nodes.csv"), gpus, nodes);
        InterconnectTable.read(shipped("interconnects.csv"), links, fabrics);
        return new HardwareCatalog(gpus, nodes, links, fabrics);
    }

    private static CsvTable shipped(String name) {
        return CsvTable.resource(HardwareCatalog.class, name);
    }

    /** Short names under which papers and clouds know a GPU; where they leave the memory open, the larger one. */
    private static void aliasGpus(NamedParts<GpuSpec> gpus) {
        gpus.alias("P100", "P100-SXM2");
        gpus.alias("V100", "V100-SXM2-32");
        gpus.alias("V100-32", "V100-SXM2-32");
        gpus.alias("V100-16", "V100-SXM2-16");
        gpus.alias("A100", "A100-SXM-80");
        gpus.alias("A100-80", "A100-SXM-80");
        gpus.alias("A100-40", "A100-SXM-40");
        gpus.alias("H100", "H100-SXM-80");
        gpus.alias("H100-80", "H100-SXM-80");
        gpus.alias("H100-96", "H100-SXM-96");
        gpus.alias("H100-96 HBM2e 500 W", "H100-SXM-96");
        gpus.alias("H800", "H800-SXM-80");
        gpus.alias("H200", "H200-SXM-141");
        gpus.alias("B200", "B200-SXM-180");
        gpus.alias("B300", "B300-SXM-288");
        gpus.alias("GB200", "GB200-SXM-186");
        gpus.alias("GB300", "GB300-SXM");
    }

    private static void aliasFabrics(NamedParts<FabricSpec> fabrics) {
        fabrics.alias("EFA v1", "AWS EFA v1 (p4d/p4de) 4x100");
        fabrics.alias("EFA v2", "AWS EFA v2 (p5) 32x100");
        fabrics.alias("EFA v3", "AWS EFA v3 (p5en) 16x200");
        fabrics.alias("Omni-Path", "Omni-Path 100 (Jean Zay)");
        fabrics.alias("Omni-Path 100", "Omni-Path 100 (Jean Zay)");
        fabrics.alias("Ethernet 100", "100GbE TCP sockets");
    }

    /**
     * This catalogue and the GPUs of a file with the header of {@code gpus.csv}.
     *
     * @throws trainyard.sim.csv.CsvException if a row is wrong; the message names file, line and column
     */
    public HardwareCatalog withGpus(Path csv) {
        NamedParts<GpuSpec> more = gpus.copy();
        GpuTable.read(CsvTable.read(csv), more);
        return new HardwareCatalog(more, nodes, links, fabrics);
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

    public List<NodeSpec> nodes() {
        return nodes.all();
    }

    public List<FabricSpec> fabrics() {
        return fabrics.all();
    }
}
