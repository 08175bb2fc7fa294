package trainyard.scheduler.peer.fgd;

import java.util.List;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.sharing.GpuNode;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * The nodes of Alibaba's cluster in the format of openb: {@code sn, cpu_milli, memory_mib, gpu, model}.
 *
 * @param rows one a node
 */
public record OpenbCluster(List<Node> rows) {

    /**
     * A node.
     *
     * @param type of its GPUs; empty without any
     */
    record Node(long cpuMilli, long memoryMib, int gpus, String type) {

        GpuNode empty() {
            return new GpuNode(type, cpuMilli, memoryMib, gpus);
        }
    }

    public OpenbCluster {
        rows = List.copyOf(rows);
    }

    /**
     * @throws trainyard.faults.trace.TraceException if the file is damaged; the message names file and line
     */
    public static OpenbCluster read(TraceFile file) {
        return new OpenbCluster(
                file.read(CsvTable::read).require("sn", "cpu_milli", "memory_mib", "gpu", "model").rows().stream()
                        .map(OpenbCluster::node)
                        .toList());
    }

    private static Node node(CsvRow row) {
        int gpus = row.integer("gpu", 0, 64);
        return new Node(
                row.integer("cpu_milli", 0, 1_000_000_000),
                row.integer("memory_mib", 0, 1_000_000_000),
                gpus,
                gpus == 0 ? "" : row.text("model"));
    }

    /** All GPUs. */
    int gpus() {
        return rows.stream().mapToInt(Node::gpus).sum();
    }
}
