package trainyard.faults.trace;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * When disks of a parallel file system failed: Alpine at Oak Ridge and Campaign at Los Alamos (FTXS 2024, doi
 * 10.13139/OLCF/2441482 and 10.13139/OLCF/2446874).
 *
 * @param epochSeconds times in the order of the file
 */
public record DiskFailures(List<Long> epochSeconds) {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[Z]");

    public DiskFailures {
        epochSeconds = List.copyOf(epochSeconds);
    }

    /**
     * @throws TraceException if the file has no readable column {@code Timestamp}
     */
    public static DiskFailures read(TraceFile file) {
        return file.read(
                (name, content) -> new DiskFailures(CsvTable.read(name, content).require("Timestamp").rows().stream()
                        .map(DiskFailures::time)
                        .toList()));
    }

    /** Times without an offset are taken as UTC: only gaps between them matter. */
    private static long time(CsvRow row) {
        try {
            TemporalAccessor time =
                    FORMAT.parseBest(row.requiredText("Timestamp"), OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime offset
                    ? offset.toEpochSecond()
                    : LocalDateTime.from(time).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw row.problem("Timestamp", "expected a time such as 2019-01-04T14:41:12-0500");
        }
    }
}
