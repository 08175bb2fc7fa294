package trainyard.faults.trace;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * How many instances are alive: rows {@code time,count}, each from its time until the next row (Parcae {@code p3.csv} in
 * milliseconds; Bamboo {@code aws-spot-instances-*.csv}, in seconds or, with a fraction, in hours), or rows {@code date,
 * time, count} of a clock (Bamboo {@code *-east1*.txt}).
 *
 * @param points at least one, ascending in time
 */
public record InstanceCounts(List<Point> points) {

    public InstanceCounts {
        points = List.copyOf(points);
    }

    /**
     * One row.
     *
     * @param seconds time from the origin of the trace
     * @param count instances from then on
     */
    public record Point(double seconds, int count) {}

    /**
     * @param secondsPerUnit length of the unit of the column of times
     * @throws TraceException if the file is not such a trace or time goes back
     */
    public static InstanceCounts read(TraceFile file, double secondsPerUnit) {
        return file.read((name, content) -> {
            List<Point> points = new ArrayList<>();
            double last = 0;
            for (CsvRow row : CsvTable.headless(name, content, "time", "count").rows()) {
                double seconds = TraceTimes.seconds(row, "time", secondsPerUnit);
                if (seconds < last) {
                    throw row.problem("time", "lies before the row before");
                }
                points.add(new Point(seconds, row.integer("count", 0, 1_000_000)));
                last = seconds;
            }
            if (points.isEmpty()) {
                throw new TraceException(name + ":1: no rows");
            }
            InstanceCounts counts = new InstanceCounts(points);
            TraceTimes.requireSpan(name, counts.spanSeconds());
            return counts;
        });
    }

    /**
     * Rows {@code 2021-12-11, 11:11:30, 55}. Watchers of several zones wrote some of these files, so that they are sorted by
     * time; seconds count from the earliest row.
     *
     * @throws TraceException if the file is not such a trace, or covers no time or more than 100 years
     */
    public static InstanceCounts readClock(TraceFile file) {
        return file.read((name, content) -> {
            List<Point> points = new ArrayList<>();
            for (CsvRow row :
                    CsvTable.headless(name, content, "date", "time", "count").rows()) {
                points.add(new Point(clock(row), row.integer("count", 0, 1_000_000)));
            }
            if (points.isEmpty()) {
                throw new TraceException(name + ":1: no rows");
            }
            points.sort(Comparator.comparingDouble(Point::seconds));
            double start = points.get(0).seconds();
            InstanceCounts counts = new InstanceCounts(points.stream()
                    .map(point -> new Point(point.seconds() - start, point.count()))
                    .toList());
            TraceTimes.requireSpan(name, counts.spanSeconds());
            return counts;
        });
    }

    private static double clock(CsvRow row) {
        try {
            return LocalDateTime.of(
                            LocalDate.parse(row.requiredText("date")), LocalTime.parse(row.requiredText("time")))
                    .toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw row.problem("time", "expected a time such as 2021-12-11, 11:11:30");
        }
    }

    public double spanSeconds() {
        return points.get(points.size() - 1).seconds() - points.get(0).seconds();
    }

    /** Most instances in any row. */
    public int most() {
        return points.stream().mapToInt(Point::count).max().orElse(0);
    }

    /** Instances times seconds from the first row to the last. */
    public double instanceSeconds() {
        double sum = 0;
        for (int i = 1; i < points.size(); i++) {
            sum += points.get(i - 1).count()
                    * (points.get(i).seconds() - points.get(i - 1).seconds());
        }
        return sum;
    }
}
