package trainyard.scenario.verify.collectives;

import java.util.Locale;
import trainyard.sim.collective.NcclAlgorithm;
import trainyard.sim.collective.NcclOptions;
import trainyard.sim.collective.NcclProtocol;
import trainyard.sim.csv.CsvRow;

/** What NCCL was told to use in a row: a forced algorithm or protocol, in-switch reduction on or off. */
final class RowOptions {

    private RowOptions() {}

    /** Whether the switches between nodes reduced. */
    static boolean reducesBetweenNodes(CsvRow row) {
        return row.text("nvls").equalsIgnoreCase("sharp")
                || row.text("algo").toLowerCase(Locale.ROOT).contains("collnet");
    }

    static NcclOptions of(CsvRow row) {
        String nvls = row.text("nvls").toLowerCase(Locale.ROOT);
        NcclOptions options = NcclOptions.automatic();
        if (nvls.equals("no") || nvls.equals("off")) {
            options = options.withoutNvls();
        }
        return protocol(row, algorithm(row, options));
    }

    /** A cell that holds one algorithm alone names what ran; a longer one describes NCCL's own choice. */
    private static NcclOptions algorithm(CsvRow row, NcclOptions options) {
        String algo =
                row.text("algo").toLowerCase(Locale.ROOT).replace(" forced", "").strip();
        for (NcclAlgorithm algorithm : NcclAlgorithm.values()) {
            if (algo.equals(algorithm.label())) {
                return options.only(algorithm);
            }
        }
        return options;
    }

    private static NcclOptions protocol(CsvRow row, NcclOptions options) {
        for (NcclProtocol protocol : NcclProtocol.values()) {
            if (row.text("proto").equalsIgnoreCase(protocol.label())) {
                return options.only(protocol);
            }
        }
        return options;
    }
}
