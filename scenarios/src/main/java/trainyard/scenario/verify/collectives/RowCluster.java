package trainyard.scenario.verify.collectives;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;

/** Names the nodes and the fabric of a row: the platform it states, else the usual server of its GPU. */
final class RowCluster {

    /** Words of the fabric column, most specific first, with the node of the catalogue they mean. */
    private static final Map<String, String> NODE_OF_WORD = Map.ofEntries(
            Map.entry("p6-b200", "AWS p6-b200.48xlarge"),
            Map.entry("p5en", "AWS p5en.48xlarge"),
            Map.entry("efa v3", "AWS p5en.48xlarge"),
            Map.entry("p5:", "AWS p5.48xlarge"),
            Map.entry("p5 ", "AWS p5.48xlarge"),
            Map.entry("efa v2", "AWS p5.48xlarge"),
            Map.entry("p4de", "AWS p4de.24xlarge"),
            Map.entry("p4d.", "AWS p4d.24xlarge"),
            Map.entry("p4d:", "AWS p4d.24xlarge"),
            Map.entry("p3.16", "AWS p3.16xlarge"));

    /** GPUs whose module sources write as a word of its own, with the name of the catalogue. */
    private static final Map<String, String> WRITTEN_APART = Map.of(
            "H100 SXM", "H100-SXM-80",
            "H100 SXM5", "H100-SXM-80",
            "H100 PCIE", "H100-PCIe-80");

    /** Servers in which a GPU usually comes, where the row names only the GPU. */
    private static final Map<String, String> USUAL_NODE = Map.of(
            "V100-SXM2-16", "DGX-1 V100",
            "V100-SXM2-32", "DGX-1 V100",
            "A100-SXM-40", "DGX A100",
            "A100-SXM-80", "DGX A100",
            "H100-SXM-80", "DGX H100",
            "H200-SXM-141", "AWS p5en.48xlarge",
            "B200-SXM-180", "DGX B200",
            "B300-SXM-288", "DGX B300",
            "GB200-SXM-186", "GB200 NVL72 rack");

    private final HardwareCatalog catalog;

    RowCluster(HardwareCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * @throws RowSkipped if the row names no GPU, or nodes without saying what joins them
     */
    ClusterSpec of(CsvRow row, int nodes) {
        String fabric = row.text("fabric").toLowerCase(Locale.ROOT);
        GpuSpec gpu = gpu(row);
        NodeSpec node = catalog.node(nodeName(row, fabric, gpu), gpu.name());
        return new ClusterSpec(node, nodes, nodes == 1 ? catalog.fabric("IB HDR") : fabric(node, fabric));
    }

    /** A name may carry a remark in brackets. */
    private GpuSpec gpu(CsvRow row) {
        String name = row.text("gpu").split("\\(")[0].strip();
        if (name.isEmpty() || name.equalsIgnoreCase("not stated") || name.equalsIgnoreCase("any")) {
            throw RowSkipped.missing("gpu");
        }
        if (name.toUpperCase(Locale.ROOT).startsWith("PCIE")) {
            throw RowSkipped.missing("gpu (the cell names the link " + name + ")");
        }
        try {
            return catalog.gpu(WRITTEN_APART.getOrDefault(name.toUpperCase(Locale.ROOT), name));
        } catch (IllegalArgumentException unknown) {
            throw RowSkipped.notBuilt("GPU " + name + ", which the catalogue does not have");
        }
    }

    private static String nodeName(CsvRow row, String fabric, GpuSpec gpu) {
        String jeanZay = gpu.name().startsWith("V100") ? "Jean Zay V100 quad" : "Jean Zay A100 octo";
        if (fabric.contains("omni-path")) {
            return jeanZay;
        }
        // All bandwidth files of the BigScience project come from Jean Zay (its experiments/bandwidth/README.md).
        if (row.text("source").startsWith("bigscience")) {
            return jeanZay;
        }
        return NODE_OF_WORD.entrySet().stream()
                .filter(entry -> fabric.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst()
                .or(() -> Optional.ofNullable(USUAL_NODE.get(gpu.name())))
                .orElseThrow(() -> RowSkipped.notBuilt("a server with " + gpu.name()));
    }

    private FabricSpec fabric(NodeSpec node, String words) {
        if (words.isEmpty() || words.equals("not stated")) {
            throw RowSkipped.missing("fabric");
        }
        if (words.contains("omni-path")) {
            return catalog.fabric("Omni-Path");
        } else if (node.name().startsWith("AWS")) {
            return catalog.fabric(efaVersion(node));
        } else if (words.contains("tcp")) {
            return catalog.fabric("Ethernet 100");
        } else if (words.contains("roce")) {
            return catalog.fabric(node.nicBytesPerSecond() > 25e9 ? "RoCE 400" : "RoCE 100");
        }
        return catalog.infiniBand(node.nicBytesPerSecond());
    }

    private static String efaVersion(NodeSpec node) {
        if (node.name().contains("p4") || node.name().contains("p3")) {
            return "EFA v1";
        }
        return node.name().contains("p5.") ? "EFA v2" : "EFA v3";
    }
}
