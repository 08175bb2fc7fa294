package trainyard.scenario.verify.collectives;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;

/** The fabric between the nodes of a row and the ports of a node, from the words of its fabric column. */
final class RowNetwork {

    private static final double GIGABIT = 1e9 / 8;

    /** Ports such as {@code 8x400 Gb}. */
    private static final Pattern PORTS = Pattern.compile("(\\d{1,2}) ?x ?(\\d{2,3}) ?g");

    /** The rate of all ports of a node, such as {@code 3200 Gb/s EFA per node}. */
    private static final Pattern PER_NODE =
            Pattern.compile("(\\d{2,4}) ?g(?:b|bps|b/s|bit/s)?(?: [a-z]+(?: v\\d)?)? ?(?:/|per) ?node");

    /** The one port of a node, such as {@code 25GbE}. */
    private static final Pattern ETHERNET_PORT = Pattern.compile("(\\d{1,3}) ?gbe\\b");

    private static final Pattern ETHERNET = Pattern.compile("\\d ?gbe\\b|ethernet");

    private static final List<String> INFINIBAND = List.of("edr", "hdr", "ndr", "xdr");

    private static final Pattern EFA_VERSION = Pattern.compile("efa v([123])");

    /** The instances that came with each version of EFA, and the first that had it, with one port. */
    private static final List<String> EFA_NODES =
            List.of("AWS p4d.24xlarge", "AWS p5.48xlarge", "AWS p5en.48xlarge", "AWS p3dn.24xlarge");

    private final HardwareCatalog catalog;

    RowNetwork(HardwareCatalog catalog) {
        this.catalog = catalog;
    }

    /** The node with the ports that the words state, where they do. */
    NodeSpec ports(String words, NodeSpec node) {
        Matcher ports = PORTS.matcher(words);
        if (ports.find()) {
            return node.withPorts(Integer.parseInt(ports.group(1)), Integer.parseInt(ports.group(2)) * GIGABIT);
        }
        Matcher ethernet = ETHERNET_PORT.matcher(words);
        if (ethernet.find()) {
            return node.withPorts(1, Integer.parseInt(ethernet.group(1)) * GIGABIT);
        }
        Matcher all = PER_NODE.matcher(words);
        return all.find() ? node.withPorts(node.nics(), Integer.parseInt(all.group(1)) * GIGABIT / node.nics()) : node;
    }

    /**
     * @throws RowSkipped if the words say nothing of a fabric
     */
    FabricSpec fabric(String words, NodeSpec node) {
        if (words.isEmpty() || words.equals("not stated")) {
            throw RowSkipped.missing("fabric");
        }
        if (words.contains("omni-path")) {
            return catalog.fabric("Omni-Path");
        } else if (node.name().startsWith("AWS") || words.contains("efa")) {
            return catalog.fabric(efa(words, node));
        } else if (words.contains("tcp")) {
            return catalog.fabric("Ethernet 100");
        } else if (words.contains("roce")) {
            return catalog.fabric(ports(words, node).nicBytesPerSecond() > 100 * GIGABIT ? "RoCE 400" : "RoCE 100");
        } else if (ETHERNET.matcher(words).find() && !words.contains("rdma")) {
            return catalog.fabric("Ethernet 100");
        }
        return INFINIBAND.stream()
                .filter(words::contains)
                .findFirst()
                .map(generation -> catalog.fabric("IB " + generation))
                .orElseGet(() -> catalog.infiniBand(ports(words, node).nicBytesPerSecond()));
    }

    /** The version that the words name, else that of the instance: the third from p5en on, the second of p5 and p5e. */
    private static String efa(String words, NodeSpec node) {
        Matcher version = EFA_VERSION.matcher(words);
        if (version.find()) {
            return "EFA v" + version.group(1);
        }
        String name = node.name();
        if (name.contains("p5en") || name.contains("p6")) {
            return "EFA v3";
        }
        return name.contains("p5.") || name.contains("p5e.") ? "EFA v2" : "EFA v1";
    }

    /** The instance that came with the EFA of the words; by the GPU's generation where they name no version. */
    NodeSpec efaNode(String words, GpuSpec gpu) {
        Matcher version = EFA_VERSION.matcher(words);
        if (version.find()) {
            return catalog.node(EFA_NODES.get(Integer.parseInt(version.group(1)) - 1));
        }
        return catalog.node(EFA_NODES.get(
                switch (gpu.architecture()) {
                    case BLACKWELL -> 2;
                    case HOPPER -> gpu.name().startsWith("H200") ? 2 : 1;
                    case VOLTA -> 3;
                    default -> 0;
                }));
    }
}
