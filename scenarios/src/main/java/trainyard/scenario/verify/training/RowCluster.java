package trainyard.scenario.verify.training;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.verify.NodeWords;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;

/** The machines of a row, from its GPU, its GPUs per node and what it says of the fabric. */
final class RowCluster {

    private static final Pattern PER_NODE = Pattern.compile("(\\d+) *gb(?:ps|/s|it/s)? *(?:/|per )node");
    private static final Pattern BUS_BANDWIDTH = Pattern.compile("busbw *~? *(\\d+) *gb(?:ps|/s|it/s)");
    private static final double GIGABIT = 1e9 / 8;

    /** GPUs of an NVL72 rack that a job with power-of-two degrees takes (assumption). */
    private static final int USED_GPUS_OF_NVL72 = 64;

    private static final String GRAND_TETON_GPU = "H100-SXM-96";

    private final HardwareCatalog catalog;

    RowCluster(HardwareCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * @throws RowSkipped if the GPU is not stated or not in the catalogue
     */
    ClusterSpec of(RowCells cells, int gpus) {
        GpuSpec gpu = boardOf(cells, gpu(cells));
        String fabric = cells.words("fabric");
        NodeSpec node = node(cells, gpu, fabric);
        int perNode = isRack(node)
                ? Math.min(gpus, USED_GPUS_OF_NVL72)
                : cells.optionalCount("gpus_per_node").orElse(node.gpus());
        FabricSpec network = network(fabric, node);
        node = resized(node, perNode, scaleOutBytesPerSecond(fabric, network));
        return new ClusterSpec(node, (gpus + perNode - 1) / perNode, network);
    }

    private GpuSpec gpu(RowCells cells) {
        if (cells.isBlank("gpu")) {
            throw RowSkipped.missing("gpu");
        }
        try {
            return catalog.gpu(cells.text("gpu"));
        } catch (IllegalArgumentException unknown) {
            throw RowSkipped.unknown("gpu", unknown.getMessage());
        }
    }

    /**
     * The board that Meta runs where the row names its machine or the board's memory, or is one of torchtitan's own benchmarks
     * (its benchmarks folder: all runs on H100 on Grand Teton), else the one in the GPU column.
     */
    private GpuSpec boardOf(RowCells cells, GpuSpec gpu) {
        String words = cells.words("gpu") + " " + cells.words("fabric") + " " + cells.words("notes");
        boolean meta = words.contains("grand teton") || words.contains("hbm2e");
        boolean benchmark =
                RowSoftware.isTorchtitan(cells) && cells.words("source").contains("torchtitan");
        return (meta || benchmark) && gpu.name().equals("H100-SXM-80") ? catalog.gpu(GRAND_TETON_GPU) : gpu;
    }

    /** The named machine where the row names one, else the server in which its GPU usually comes. */
    private NodeSpec node(RowCells cells, GpuSpec gpu, String fabric) {
        boolean volta = gpu.architecture() == Architecture.VOLTA;
        if (fabric.contains("jean zay")) {
            return catalog.node(volta ? "Jean Zay V100 quad" : "Jean Zay A100 octo", gpu.name());
        }
        if (volta && cells.optionalCount("gpus_per_node").orElse(8) > 8) {
            return catalog.node("DGX-2", gpu.name());
        }
        return NodeWords.find(catalog, fabric)
                .map(named -> named.withGpu(gpu))
                .or(() -> catalog.usualNode(gpu))
                .orElseThrow(() -> RowSkipped.notBuilt("a server with " + gpu.name()));
    }

    private static boolean isRack(NodeSpec node) {
        return node.name().contains("NVL72");
    }

    /**
     * Rate of the whole node where the row states one, such as {@code 800 Gbps/node}, and names no known machine; or that of
     * the ports which give the bus bandwidth that the row says NCCL reaches, such as {@code busbw ~85 Gbps}, since it may not
     * use all.
     */
    private static OptionalDouble scaleOutBytesPerSecond(String fabric, FabricSpec network) {
        Matcher reached = BUS_BANDWIDTH.matcher(fabric);
        if (reached.find()) {
            double bytes = Double.parseDouble(reached.group(1)) * GIGABIT;
            return OptionalDouble.of(bytes / network.achievedFraction());
        }
        Matcher stated = PER_NODE.matcher(fabric);
        return !fabric.contains("jean zay") && stated.find()
                ? OptionalDouble.of(Double.parseDouble(stated.group(1)) * GIGABIT)
                : OptionalDouble.empty();
    }

    private static NodeSpec resized(NodeSpec node, int gpus, OptionalDouble scaleOut) {
        double total = scaleOut.orElse(node.scaleOutBytesPerSecond());
        int nics = (int) Math.max(1, Math.round(total / node.nicBytesPerSecond()));
        return new NodeSpec(
                node.name(),
                node.gpu(),
                gpus,
                node.scaleUp(),
                nics,
                total / nics,
                node.pcieBytesPerSecond(),
                node.host(),
                node.maxPowerWatts(),
                1,
                node.provenance());
    }

    /** The fabric that the row names, else InfiniBand at the rate of the node's ports. */
    private FabricSpec network(String fabric, NodeSpec node) {
        if (fabric.contains("omni-path") || fabric.contains("opa")) {
            return catalog.fabric("Omni-Path");
        }
        if (fabric.contains("roce")) {
            return catalog.fabric(node.nicBytesPerSecond() > 100 * GIGABIT ? "RoCE 400" : "RoCE 100");
        }
        if (fabric.contains("efa")) {
            return catalog.fabric(node.gpu().name().startsWith("A100") ? "EFA v1" : "EFA v2");
        }
        return catalog.infiniBand(node.nicBytesPerSecond());
    }
}
