package trainyard.faults.trace;

import java.util.ArrayList;
import java.util.List;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * The GPUs of Titan one by one, with their batch of manufacture (TitanGPULife, {@code gc_summary_loc.csv}).
 *
 * @param gpus in the order of the file
 */
public record GpuBatches(List<Gpu> gpus) {

    public GpuBatches {
        gpus = List.copyOf(gpus);
    }

    /**
     * One GPU.
     *
     * @param batch {@code old} or {@code new}
     * @param years years in service, of 365 days
     * @param dead whether a double-bit error or a fall off the bus ended its life
     */
    public record Gpu(String batch, double years, boolean dead) {}

    /**
     * @throws TraceException if the file is not such a table
     */
    public static GpuBatches read(TraceFile file) {
        return file.read((name, content) -> {
            CsvTable table = CsvTable.read(name, content).require("batch", "years", "dead");
            List<Gpu> gpus = new ArrayList<>();
            for (CsvRow row : table.rows()) {
                gpus.add(new Gpu(row.requiredText("batch"), row.notNegative("years"), dead(row)));
            }
            return new GpuBatches(gpus);
        });
    }

    private static boolean dead(CsvRow row) {
        return switch (row.requiredText("dead")) {
            case "TRUE" -> true;
            case "FALSE" -> false;
            default -> throw row.problem("dead", "expected TRUE or FALSE");
        };
    }

    /** The GPUs of one batch. */
    public GpuBatches ofBatch(String batch) {
        return new GpuBatches(
                gpus.stream().filter(gpu -> gpu.batch().equals(batch)).toList());
    }

    /** GPU-years in service. */
    public double years() {
        return gpus.stream().mapToDouble(Gpu::years).sum();
    }

    public long deaths() {
        return gpus.stream().filter(Gpu::dead).count();
    }
}
