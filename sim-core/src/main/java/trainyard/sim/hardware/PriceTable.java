package trainyard.sim.hardware;

import java.util.List;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/** Reads {@code cloud_prices.csv}. */
final class PriceTable {

    private PriceTable() {}

    static List<CloudPrice> read(CsvTable table) {
        table.require("provider", "instance", "gpu", "gpus", "on_demand_usd_per_gpu_hour", "date", "verified");
        return table.rows().stream().map(PriceTable::price).toList();
    }

    private static CloudPrice price(CsvRow row) {
        return new CloudPrice(
                row.requiredText("provider"),
                row.requiredText("instance"),
                row.requiredText("gpu"),
                row.integer("gpus", 1, 10_000),
                row.positive("on_demand_usd_per_gpu_hour"),
                row.optionalNumber("spot_usd_per_gpu_hour"),
                row.text("region"),
                RowProvenance.of(row, row.text("date")));
    }
}
