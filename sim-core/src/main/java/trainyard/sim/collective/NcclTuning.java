package trainyard.sim.collective;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.HardwareCatalog;

/**
 * The constants of NCCL's tuning model (src/graph/tuning.cc at commit 5067397, 2026-06-11), read from
 * {@code nccl_tuning.csv} of the hardware catalogue. Latencies are in seconds, bandwidths in bytes/s.
 *
 * <p>A latency has two uses, which part where a later release raised it: what a step takes ({@link #stepLatency}, the later
 * figure) and what NCCL counted for it when it chose an algorithm ({@link #countedStepLatency}, the figure of the releases
 * with which the published runs were made). They differ for NVLSTree between nodes: 20.9 us and 14 us.
 */
final class NcclTuning {

    /** Index of the links that a step crosses. */
    static final int NVLINK = 0;

    static final int PCI = 1;
    static final int NET = 2;

    private static final double MICRO = 1e-6;
    private static final double GIGA = 1e9;
    private static final List<String> GENERATIONS = List.of("Volta", "Ampere", "Hopper", "Blackwell");
    private static final List<String> LINKS = List.of("NVLINK", "PCI", "NET");

    /** Algorithms by their names in the table; it has no latencies of point-to-point messages. */
    private static final Map<String, NcclAlgorithm> ALGORITHMS = Map.of(
            "Ring", NcclAlgorithm.RING,
            "Tree", NcclAlgorithm.TREE,
            "NVLS", NcclAlgorithm.NVLS,
            "NVLSTree", NcclAlgorithm.NVLS_TREE,
            "PAT", NcclAlgorithm.PAT);

    private final double[][] baseLatency = new double[NcclAlgorithm.values().length][NcclProtocol.values().length];
    private final double[][][] stepLatency =
            new double[LINKS.size()][NcclAlgorithm.values().length][NcclProtocol.values().length];
    private final double[][][] countedStepLatency =
            new double[LINKS.size()][NcclAlgorithm.values().length][NcclProtocol.values().length];
    private final double[][] llMax = new double[GENERATIONS.size()][3];
    private final double[][] ringLl128PerChannel = new double[GENERATIONS.size()][3];
    private final double[][] treeLl128PerChannel = new double[GENERATIONS.size()][3];
    private final double[][] treePerChannel = new double[GENERATIONS.size()][3];
    private final double[][] nvlsTreePerChannel = new double[GENERATIONS.size()][3];
    private final double[] nvlsEfficiency = new double[GENERATIONS.size()];
    private final double[][] treeCorrection = new double[NcclProtocol.values().length][];

    private NcclTuning() {}

    /** Reads the shipped table once, when first asked; the constants cannot be changed. */
    private static final class Shipped {
        private static final NcclTuning TUNING = read();
    }

    static NcclTuning load() {
        return Shipped.TUNING;
    }

    private static NcclTuning read() {
        NcclTuning tuning = new NcclTuning();
        CsvTable table = CsvTable.resource(HardwareCatalog.class, "nccl_tuning.csv")
                .require("table", "row_or_hw", "algorithm", "LL", "LL128", "Simple", "nodes1", "nodes2", "nodes4plus");
        table.rows().forEach(tuning::read);
        return tuning;
    }

    private void read(CsvRow row) {
        switch (row.requiredText("table")) {
            case "baseLat" -> readLatencies(row, baseLatency);
            case "hwLat" -> {
                readLatencies(row, stepLatency[link(row)]);
                readLatencies(row, countedStepLatency[link(row)]);
            }
            // Stands behind the row whose figure it replaces where NCCL chooses.
            case "hwLatCounted" -> readLatencies(row, countedStepLatency[link(row)]);
            case "llMaxBw" -> readBandwidths(row, llMax);
            case "perChMaxRingLL128Bw" -> readBandwidths(row, ringLl128PerChannel);
            case "perChMaxTreeLL128Bw" -> readBandwidths(row, treeLl128PerChannel);
            case "perChMaxTreeBw" -> readBandwidths(row, treePerChannel);
            case "perChMaxNVLSTreeBw" -> readBandwidths(row, nvlsTreePerChannel);
            case "nvlsEfficiency" -> nvlsEfficiency[generation(row)] = row.notNegative("Simple");
            case "treeCorrectionFactor" -> readCorrection(row);
            case "scalar" -> {
                // The few scalars stand as named constants beside the formulas that use them.
            }
            default -> throw row.problem("table", "unknown table of constants");
        }
    }

    private static int link(CsvRow row) {
        int link = LINKS.indexOf(row.text("row_or_hw"));
        if (link < 0) {
            throw row.problem("row_or_hw", "unknown kind of link");
        }
        return link;
    }

    private static void readLatencies(CsvRow row, double[][] into) {
        NcclAlgorithm algorithm = ALGORITHMS.get(row.text("algorithm"));
        if (algorithm == null) {
            return; // CollNet without switches inside the node; CollNetCost takes the latencies of NVLS.
        }
        for (NcclProtocol protocol : NcclProtocol.values()) {
            into[algorithm.ordinal()][protocol.ordinal()] = row.notNegative(protocol.label()) * MICRO;
        }
    }

    private static void readBandwidths(CsvRow row, double[][] into) {
        double[] bandwidths = into[generation(row)];
        bandwidths[0] = row.notNegative("nodes1") * GIGA;
        bandwidths[1] = row.notNegative("nodes2") * GIGA;
        bandwidths[2] = row.notNegative("nodes4plus") * GIGA;
    }

    private static int generation(CsvRow row) {
        int generation = GENERATIONS.indexOf(row.text("row_or_hw").split(" ")[0]);
        if (generation < 0) {
            throw row.problem("row_or_hw", "unknown GPU generation");
        }
        return generation;
    }

    private void readCorrection(CsvRow row) {
        String[] parts = row.requiredText("notes").split(": ");
        for (NcclProtocol protocol : NcclProtocol.values()) {
            if (protocol.label().equals(parts[0])) {
                treeCorrection[protocol.ordinal()] = Arrays.stream(parts[1].split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                return;
            }
        }
        throw new CsvException("nccl_tuning.csv:" + row.line() + ": column notes: unknown protocol " + parts[0]);
    }

    /** Row of the tables: GPUs older than Volta read its row, those between two rows the older one. */
    static int generation(Architecture architecture) {
        return switch (architecture) {
            case PASCAL, VOLTA, TURING -> 0;
            case AMPERE, ADA, CDNA2, CDNA3, CDNA4 -> 1;
            case HOPPER -> 2;
            case BLACKWELL -> 3;
        };
    }

    /** Column of the tables: one node, two nodes, more. */
    private static int column(int nodes) {
        return Math.min(nodes, 3) - 1;
    }

    /** Seconds of an operation before its first step. */
    double baseLatency(NcclAlgorithm algorithm, NcclProtocol protocol) {
        return baseLatency[algorithm.ordinal()][protocol.ordinal()];
    }

    /** Seconds that one step takes over a kind of link ({@link #NVLINK}, {@link #PCI} or {@link #NET}). */
    double stepLatency(int link, NcclAlgorithm algorithm, NcclProtocol protocol) {
        return stepLatency[link][algorithm.ordinal()][protocol.ordinal()];
    }

    /** Seconds that NCCL counted for the same step when it chose, at the time of the published runs. */
    double countedStepLatency(int link, NcclAlgorithm algorithm, NcclProtocol protocol) {
        return countedStepLatency[link][algorithm.ordinal()][protocol.ordinal()];
    }

    /** Largest bandwidth of LL; between nodes the table is indexed by the host, here an Intel one. */
    double llMax(int generation, int nodes) {
        return llMax[nodes == 1 ? generation : 0][column(nodes)];
    }

    /** Largest bandwidth of a ring with LL128 on one channel. */
    double ringLl128PerChannel(int generation, int nodes) {
        return ringLl128PerChannel[generation][column(nodes)];
    }

    /** The same of a tree with LL128. */
    double treeLl128PerChannel(int generation, int nodes) {
        return treeLl128PerChannel[generation][column(nodes)];
    }

    /** The same of a tree with any protocol. */
    double treePerChannel(int generation, int nodes) {
        return treePerChannel[generation][column(nodes)];
    }

    /** The same of NVLSTree. */
    double nvlsTreePerChannel(int generation, int nodes) {
        return nvlsTreePerChannel[generation][column(nodes)];
    }

    /** Share of the bandwidth of its links that NVLS reaches, in [0, 1]; 0 where there is none. */
    double nvlsEfficiency(int generation) {
        return nvlsEfficiency[generation];
    }

    /** What NCCL multiplies its tree bandwidth with, by size: the table is indexed by {@code log2(bytes / 64)}. */
    double treeCorrection(NcclProtocol protocol, double bytes) {
        double[] factors = treeCorrection[protocol.ordinal()];
        if (bytes < 64) {
            return factors[0];
        }
        int index = Math.getExponent(bytes / 64);
        return index < factors.length ? factors[index] : 1;
    }
}
