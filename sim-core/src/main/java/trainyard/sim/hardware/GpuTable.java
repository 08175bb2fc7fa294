package trainyard.sim.hardware;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/** Reads {@code gpus.csv}: one GPU type a row. */
final class GpuTable {

    private static final double TERA = 1e12;
    private static final double GIGA = 1e9;
    /** Vendors print "GB" for memory that is about as many GiB where the driver's own figure is not in the table. */
    private static final double GIB = 1L << 30;

    private static final double MIB = 1L << 20;

    /** Formats with columns for measured products. */
    private static final List<Precision> MEASURED = List.of(Precision.BF16, Precision.FP8, Precision.FP4);

    private GpuTable() {}

    static void read(CsvTable table, NamedParts<GpuSpec> gpus) {
        table.require(
                "gpu", "arch", "sm_count", "hbm_gb", "hbm_gbps", "scaleup_link", "scaleup_gbps_per_dir", "verified");
        for (CsvRow row : table.rows()) {
            GpuSpec gpu = gpu(row);
            gpus.put(gpu.name(), gpu);
        }
    }

    private static GpuSpec gpu(CsvRow row) {
        return new GpuSpec(
                row.requiredText("gpu"),
                architecture(row),
                row.integer("sm_count", 1, 10_000),
                peaks(row),
                memoryBytes(row),
                row.positive("hbm_gbps") * GIGA,
                row.positive("l2_mb") * MIB,
                row.requiredText("scaleup_link"),
                row.positive("scaleup_gbps_per_dir") * GIGA,
                row.positive("tdp_w"),
                row.notNegative("idle_w"),
                rates(row, "mamf"),
                rates(row, "sustained"),
                RowProvenance.of(row));
    }

    /** What the driver reports as the device's total memory: of a B300 of "288 GB" 275,040 MiB. */
    private static double memoryBytes(CsvRow row) {
        return row.isBlank("driver_mib") ? row.positive("hbm_gb") * GIB : row.positive("driver_mib") * MIB;
    }

    private static Map<Precision, Double> peaks(CsvRow row) {
        Map<Precision, Double> peaks = new EnumMap<>(Precision.class);
        putPeak(peaks, Precision.FP32, row, "fp32_tflops");
        putPeak(peaks, Precision.TF32, row, "tf32_dense_tflops");
        putPeak(peaks, Precision.FP16, row, "fp16_dense_tflops");
        putPeak(peaks, Precision.BF16, row, "bf16_dense_tflops");
        putPeak(peaks, Precision.FP8, row, "fp8_dense_tflops");
        putPeak(peaks, Precision.FP4, row, "fp4_dense_tflops");
        return peaks;
    }

    private static Map<Precision, Double> rates(CsvRow row, String kind) {
        Map<Precision, Double> rates = new EnumMap<>(Precision.class);
        for (Precision precision : MEASURED) {
            String column = kind + "_" + precision.name().toLowerCase(Locale.ROOT) + "_tflops";
            putPeak(rates, precision, row, column);
        }
        return rates;
    }

    private static void putPeak(Map<Precision, Double> peaks, Precision precision, CsvRow row, String column) {
        if (!row.isBlank(column)) {
            peaks.put(precision, row.positive(column) * TERA);
        }
    }

    private static Architecture architecture(CsvRow row) {
        String text = row.requiredText("arch");
        for (Architecture architecture : Architecture.values()) {
            // "Blackwell Ultra" shares the tables of Blackwell.
            if (text.split(" ")[0].equalsIgnoreCase(architecture.name())) {
                return architecture;
            }
        }
        throw row.problem("arch", "unknown GPU generation \"" + text + "\"");
    }
}
