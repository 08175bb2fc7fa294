package trainyard.scheduler.trace;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.engine.SimTime;

/** Reads a table of which each row is a job. Two jobs of one name are a bad row. */
public final class JobRows {

    /** Leaves the clock room for a queue of jobs so long or so far apart. */
    static final double MOST_SECONDS = 1e9;

    /** What the clock holds: until 2261 for a list that counts from 1970. */
    private static final double LATEST_SECONDS = 9.2e9;

    private final List<ClusterJob> jobs = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    /** The teams, so that the jobs of one share its name: it is compared again and again. */
    private final Map<String, String> teams = new HashMap<>();

    private final List<String> skipped = new ArrayList<>();
    private final BadRows badRows;
    private int withoutGpus;

    private JobRows(BadRows badRows) {
        this.badRows = badRows;
    }

    /**
     * The rows of a table that may be read.
     *
     * @throws TraceException if the file is no table or lacks a column
     */
    public static List<CsvRow> of(TraceFile file, BadRows badRows, String... columns) {
        return file.read((name, content) ->
                table(name, content, badRows).require(columns).rows());
    }

    private static CsvTable table(String name, InputStream content, BadRows badRows) throws IOException {
        return badRows == BadRows.SKIP ? CsvTable.readRagged(name, content) : CsvTable.read(name, content);
    }

    /**
     * The job of each row.
     *
     * @throws TraceException if a row is bad and such are refused; the message names file and line
     */
    public static JobList jobs(List<CsvRow> rows, BadRows badRows, Function<CsvRow, ClusterJob> reader) {
        return jobs(rows, badRows, row -> true, reader);
    }

    /**
     * The job of each row that has GPUs.
     *
     * @param hasGpus which rows have; the others are left out and counted
     * @throws TraceException as above
     */
    static JobList jobs(
            List<CsvRow> rows, BadRows badRows, Predicate<CsvRow> hasGpus, Function<CsvRow, ClusterJob> reader) {
        return jobs(rows, badRows, row -> true, hasGpus, reader);
    }

    /**
     * The job of each row that is one and has GPUs.
     *
     * @param isJob which rows are jobs; the others are passed over
     * @param hasGpus which jobs have GPUs; the others are left out and counted
     * @throws TraceException as above
     */
    static JobList jobs(
            List<CsvRow> rows,
            BadRows badRows,
            Predicate<CsvRow> isJob,
            Predicate<CsvRow> hasGpus,
            Function<CsvRow, ClusterJob> reader) {
        JobRows read = new JobRows(badRows);
        rows.forEach(row -> read.add(row, isJob, hasGpus, reader));
        return new JobList(read.jobs, read.skipped, read.withoutGpus);
    }

    /**
     * A duration, or a time from the begin of a list.
     *
     * @param unitSeconds what 1 stands for in the column
     * @throws CsvException if it is no number of 0 to 1e9 s
     */
    public static long nanos(CsvRow row, String column, double unitSeconds) {
        return nanosOf(row, column, row.notNegative(column) * unitSeconds);
    }

    /**
     * A time from whatever a list counts from, such as 1970.
     *
     * @param unitSeconds what 1 stands for in the column
     * @throws CsvException if it is no number of 0 to 9.2e9 s
     */
    static long pointNanos(CsvRow row, String column, double unitSeconds) {
        double seconds = row.notNegative(column) * unitSeconds;
        if (!(seconds <= LATEST_SECONDS)) {
            throw row.problem(column, "must be at most 9.2e9 s, got " + row.text(column));
        }
        return SimTime.nanos(seconds);
    }

    /** A duration where it follows from several columns, of which one is named. */
    static long nanosOf(CsvRow row, String column, double seconds) {
        if (!(seconds <= MOST_SECONDS)) {
            throw row.problem(column, "must be at most 1e9 s, got " + row.text(column));
        }
        return SimTime.nanos(seconds);
    }

    private void add(
            CsvRow row, Predicate<CsvRow> isJob, Predicate<CsvRow> hasGpus, Function<CsvRow, ClusterJob> reader) {
        try {
            if (!isJob.test(row)) {
                return;
            }
            if (!hasGpus.test(row)) {
                withoutGpus++;
                return;
            }
            ClusterJob job = reader.apply(row);
            if (!ids.add(job.id())) {
                throw row.problem("job " + job.id() + " appears twice");
            }
            jobs.add(job.ofTeam(teams.computeIfAbsent(job.team(), team -> team)));
        } catch (CsvException bad) {
            if (badRows == BadRows.REFUSE) {
                throw new TraceException(bad.getMessage(), bad);
            }
            skipped.add(bad.getMessage());
        }
    }
}
