package trainyard.sim.hardware;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/** Reads {@code nodes.csv}: one server type a row. Its GPU must be in the catalogue or be one of its aliases. */
final class NodeTable {

    private static final double GIGA = 1e9;
    private static final double KILO = 1e3;
    private static final double GIB = 1L << 30;
    private static final double BITS_PER_BYTE = 8;

    private static final Pattern DOMAIN = Pattern.compile("(\\d{1,4}) GPUs in one NVLink domain");

    private NodeTable() {}

    static void read(CsvTable table, NamedParts<GpuSpec> gpus, NamedParts<NodeSpec> nodes) {
        table.require("node", "gpu", "gpus_per_node", "nics_per_node", "nic_gbps_each", "pcie_gen", "verified");
        for (CsvRow row : table.rows()) {
            NodeSpec node = node(row, gpus);
            nodes.put(node.name(), node);
        }
    }

    private static NodeSpec node(CsvRow row, NamedParts<GpuSpec> gpus) {
        return new NodeSpec(
                row.requiredText("node"),
                gpu(row, gpus),
                row.integer("gpus_per_node", 1, 10_000),
                scaleUp(row),
                row.integer("nics_per_node", 0, 10_000),
                row.notNegative("nic_gbps_each") * GIGA / BITS_PER_BYTE,
                pcieBytesPerSecond(row),
                host(row),
                least(row, "node_max_power_w"),
                scaleUpNodes(row),
                RowProvenance.of(row));
    }

    /** A cell such as {@code A100-SXM-40/80} offers two memory sizes; the larger one, printed last, is the default. */
    private static GpuSpec gpu(CsvRow row, NamedParts<GpuSpec> gpus) {
        String text = row.requiredText("gpu");
        int slash = text.indexOf('/');
        String name =
                slash < 0 ? text : text.substring(0, text.lastIndexOf('-', slash) + 1) + text.substring(slash + 1);
        if (!gpus.contains(name)) {
            throw row.problem("gpu", "unknown GPU \"" + name + "\"");
        }
        return gpus.get(name);
    }

    private static ScaleUp scaleUp(CsvRow row) {
        String note = row.text("gpu_scaleup_bisection_note");
        if (note.contains("NVSwitch") || note.contains("NVLink domain")) {
            return ScaleUp.NVSWITCH;
        } else if (note.contains("xGMI")) {
            return ScaleUp.FULL_MESH;
        } else if (note.contains("mesh") || note.contains("fully connected")) {
            return ScaleUp.NVLINK_MESH;
        } else if (note.contains("PCIe") || note.isEmpty()) {
            return ScaleUp.PCIE;
        }
        throw row.problem("gpu_scaleup_bisection_note", "names none of NVSwitch, NVLink domain, xGMI, mesh, PCIe");
    }

    /** Nodes in the NVLink domain of which the note gives the GPUs. */
    private static int scaleUpNodes(CsvRow row) {
        Matcher domain = DOMAIN.matcher(row.text("gpu_scaleup_bisection_note"));
        if (!domain.find()) {
            return 1;
        }
        int gpus = Integer.parseInt(domain.group(1));
        int perNode = row.integer("gpus_per_node", 1, 10_000);
        if (gpus % perNode != 0) {
            throw row.problem("gpu_scaleup_bisection_note", gpus + " GPUs are not whole nodes of " + perNode);
        }
        return gpus / perNode;
    }

    private static HostSpec host(CsvRow row) {
        return new HostSpec(
                least(row, "cpu_mem_gb") * GIB,
                optional(row, "host_mem_gBps"),
                row.text("gpus_per_uplink").isEmpty() ? 1 : row.integer("gpus_per_uplink", 1, 10_000),
                HostSpec.COPY_SHARE,
                optional(row, "host_link_gBps"),
                optional(row, "nvme_tb") * KILO,
                optional(row, "nvme_read_gBps"),
                optional(row, "nvme_write_gBps"));
    }

    /** A cell in units of 10^9; 0 where it is empty. */
    private static double optional(CsvRow row, String column) {
        return row.text(column).isEmpty() ? 0 : row.notNegative(column) * GIGA;
    }

    /** Usable rate of 16 lanes per direction: 16, 31, 63 and 126 GB/s for generations 3 to 6 (PCI-SIG, recalled). */
    private static double pcieBytesPerSecond(CsvRow row) {
        return switch (row.integer("pcie_gen", 3, 6)) {
            case 3 -> 16 * GIGA;
            case 4 -> 31 * GIGA;
            case 5 -> 63 * GIGA;
            default -> 126 * GIGA;
        };
    }

    /** The lower end of a range such as {@code 1024-2048}; 0 where the cell is empty. */
    private static double least(CsvRow row, String column) {
        String text = row.text(column);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Double.parseDouble(text.split("-")[0]);
        } catch (NumberFormatException e) {
            throw row.problem(column, "expected a number or a range such as 1024-2048, got \"" + text + "\"");
        }
    }
}
