package trainyard.faults.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * Lives of the GPUs of Titan at Oak Ridge (TitanGPULife; Ostrouchov et al., SC 2020): one stay per GPU and location.
 *
 * @param stays in the order of the file
 */
public record GpuLifetimes(List<Stay> stays) {

    private static final double SECONDS_PER_YEAR = 365.25 * 86_400;

    public GpuLifetimes {
        stays = List.copyOf(stays);
    }

    /**
     * A GPU at one location.
     *
     * @param serial serial number
     * @param seconds length of the stay; 0 where the log does not say
     * @param event double-bit error ({@code DBE}) or off the bus ({@code OTB}); absent where none ended it
     */
    public record Stay(String serial, double seconds, Optional<String> event) {}

    /**
     * @throws TraceException if the file is not such a table ({@code gc_full.csv})
     */
    public static GpuLifetimes read(TraceFile file) {
        return file.read((name, content) -> {
            CsvTable table = CsvTable.read(name, content).require("SN", "duration", "event");
            List<Stay> stays = new ArrayList<>();
            for (CsvRow row : table.rows()) {
                stays.add(new Stay(
                        row.requiredText("SN"),
                        row.isBlank("duration") ? 0 : row.notNegative("duration"),
                        Optional.of(row.text("event")).filter(event -> !event.isEmpty())));
            }
            return new GpuLifetimes(stays);
        });
    }

    /** GPU-years in service, in years of 365.25 days. */
    public double years() {
        return stays.stream().mapToDouble(Stay::seconds).sum() / SECONDS_PER_YEAR;
    }

    /** Stays that an event ended. */
    public long count(String event) {
        return stays.stream()
                .filter(stay -> stay.event().filter(event::equals).isPresent())
                .count();
    }

    /** Different GPUs. */
    public long gpus() {
        return stays.stream().map(Stay::serial).distinct().count();
    }
}
