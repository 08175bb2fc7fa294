package trainyard.scenario.verify.collectives;

import java.util.Locale;
import java.util.Optional;
import trainyard.scenario.verify.NodeWords;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;

/** Names the nodes and the fabric of a row: the platform it states, else the usual server of its GPU. */
final class RowCluster {

    /** A half of an MI250X, which many count as a GPU; its package is one GPU where a server has four of them. */
    private static final String HALF = "MI250X-GCD";

    private final HardwareCatalog catalog;
    private final RowNetwork network;

    RowCluster(HardwareCatalog catalog) {
        this.catalog = catalog;
        this.network = new RowNetwork(catalog);
    }

    /**
     * The machines of a row and how its ranks lie on them.
     *
     * @param group ranks by scale-up domain
     */
    record Machines(ClusterSpec cluster, GroupShape group) {}

    /**
     * @param stated ranks by server, as the row states them
     * @throws RowSkipped if the row names no GPU, or nodes without saying what joins them
     */
    Machines of(CsvRow row, GroupShape stated) {
        String words = row.text("fabric").toLowerCase(Locale.ROOT);
        NodeSpec node = node(row, words, gpu(row));
        if (node.gpu().name().equals("MI250X") && stated.ranksPerNode() > node.gpus()) {
            node = usual(catalog.gpu(HALF));
        }
        GroupShape group = byDomain(stated, node);
        if (group.ranksPerNode() > node.gpus() * node.scaleUpNodes()) {
            node = node.withGpus(group.ranksPerNode());
        }
        if (group.nodes() == 1) {
            return new Machines(new ClusterSpec(node, stated.nodes(), catalog.fabric("IB HDR")), group);
        }
        FabricSpec fabric = network.fabric(words, node);
        return new Machines(new ClusterSpec(network.ports(words, node).on(fabric), stated.nodes(), fabric), group);
    }

    /** Trays of a rack are the nodes of a row and, through its switches, one node for NCCL. */
    private static GroupShape byDomain(GroupShape stated, NodeSpec node) {
        int domain = node.gpus() * node.scaleUpNodes();
        boolean rack = node.name().contains("NVL72");
        return rack && stated.ranksPerNode() < domain ? GroupShape.filling(stated.ranks(), domain) : stated;
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

    private NodeSpec node(CsvRow row, String words, GpuSpec gpu) {
        // All bandwidth files of the BigScience project come from Jean Zay (its experiments/bandwidth/README.md).
        if (words.contains("omni-path") || row.text("source").startsWith("bigscience")) {
            return catalog.node(
                    gpu.name().startsWith("V100") ? "Jean Zay V100 quad" : "Jean Zay A100 octo", gpu.name());
        }
        return NodeWords.find(catalog, words)
                .or(() -> words.contains("efa") ? Optional.of(network.efaNode(words, gpu)) : Optional.empty())
                .map(node -> node.withGpu(gpu))
                .orElseGet(() -> usual(gpu));
    }
}
