package trainyard.scenario.verify.collectives;

import java.util.Locale;
import java.util.Map;
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

    /** A half of an MI250X, which many count as a GPU; its package is one GPU where a server has four of them. */
    private static final String HALF = "MI250X-GCD";

    private final HardwareCatalog catalog;

    RowCluster(HardwareCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * @throws RowSkipped if the row names no GPU, or nodes without saying what joins them
     */
    ClusterSpec of(CsvRow row, int nodes) {
        String fabric = row.text("fabric").toLowerCase(Locale.ROOT);
        NodeSpec node = node(row, fabric, gpu(row));
        if (node.gpu().name().equals("MI250X") && row.integer("gpus", 2, 1_000_000) / nodes > node.gpus()) {
            node = usual(catalog.gpu(HALF));
        }
        return new ClusterSpec(node, nodes, nodes == 1 ? catalog.fabric("IB HDR") : fabric(node, fabric));
    }

    private NodeSpec usual(GpuSpec gpu) {
        return catalog.usualNode(gpu).orElseThrow(() -> RowSkipped.notBuilt("a server with " + gpu.name()));
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
            return catalog.gpu(name);
        } catch (IllegalArgumentException unknown) {
            throw RowSkipped.unknown("gpu", unknown.getMessage());
        }
    }

    private NodeSpec node(CsvRow row, String fabric, GpuSpec gpu) {
        // All bandwidth files of the BigScience project come from Jean Zay (its experiments/bandwidth/README.md).
        if (fabric.contains("omni-path") || row.text("source").startsWith("bigscience")) {
            return catalog.node(
                    gpu.name().startsWith("V100") ? "Jean Zay V100 quad" : "Jean Zay A100 octo", gpu.name());
        }
        return NODE_OF_WORD.entrySet().stream()
                .filter(entry -> fabric.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst()
                .map(name -> catalog.node(name, gpu.name()))
                .orElseGet(() -> usual(gpu));
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
