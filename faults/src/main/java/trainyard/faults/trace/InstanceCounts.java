package trainyard.faults.trace;

import java.util.ArrayList;
import java.util.List;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * How many instances are alive: rows {@code time,count}, each from its time until the next row (Parcae {@code p3.csv} in
 * milliseconds; Bamboo {@code aws-spot-instances-*.csv}, in seconds or hours).
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
                double seconds = secondsPerUnit * row.notNegative("time");
                if (seconds < last) {
                    throw row.problem("time", "lies before the row before");
                }
                points.add(new Point(seconds, row.integer("count", 0, 1_000_000)));
                last = seconds;
            }
            if (points.isEmpty()) {
                throw new TraceException(name + ":1: no rows");
            }
            return new InstanceCounts(points);
        });
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
