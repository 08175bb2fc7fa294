package trainyard.sim.hardware;

import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/** Reads {@code interconnects.csv}: scale-up links and scale-out fabrics. */
final class InterconnectTable {

    private static final double MICRO = 1e-6;
    private static final double GIGA = 1e9;
    private static final double BITS_PER_BYTE = 8;
    /** A fabric of the catalogue has full bisection; a scenario states what it lacks. */
    private static final double FULL_BISECTION = 1;

    private InterconnectTable() {}

    static void read(CsvTable table, NamedParts<InterconnectSpec> links, NamedParts<FabricSpec> fabrics) {
        table.require(
                "interconnect",
                "kind",
                "raw_gbps_per_port",
                "alpha_us_p2p",
                "achieved_fraction",
                "keeps_order",
                "source",
                "verified");
        for (CsvRow row : table.rows()) {
            String name = row.requiredText("interconnect");
            String kind = row.requiredText("kind");
            switch (kind) {
                case "scale-up" -> links.put(name, link(row, name));
                case "scale-out" -> fabrics.put(name, fabric(row, name));
                default -> throw row.problem("kind", "must be scale-up or scale-out, got \"" + kind + "\"");
            }
        }
    }

    private static InterconnectSpec link(CsvRow row, String name) {
        return new InterconnectSpec(
                name, row.notNegative("alpha_us_p2p") * MICRO, fraction(row, 2), RowProvenance.of(row));
    }

    private static FabricSpec fabric(CsvRow row, String name) {
        return new FabricSpec(
                name,
                FabricSpec.Kind.FAT_TREE,
                row.positive("raw_gbps_per_port") * GIGA / BITS_PER_BYTE,
                row.notNegative("alpha_us_p2p") * MICRO,
                fraction(row, 1),
                FULL_BISECTION,
                !row.text("keeps_order").equals("no"),
                true,
                false,
                FabricLayout.AUTOMATIC,
                RowProvenance.of(row));
    }

    private static double fraction(CsvRow row, double most) {
        double fraction = row.positive("achieved_fraction");
        if (fraction > most) {
            throw row.problem("achieved_fraction", "must lie in (0, " + (int) most + "], got " + fraction);
        }
        return fraction;
    }
}
