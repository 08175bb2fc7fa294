package trainyard.scheduler.trace;

import java.util.Objects;
import java.util.stream.Stream;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.engine.SimTime;

/**
 * Any table with one job in each row. A name of a column that is empty stands for a column that is not there.
 *
 * @param id name of the job; without it, the line
 * @param team whose quota it counts against; without it, none
 * @param submit submission: a number in the unit, at most 9.2e9 s, or a time such as {@code 2017-10-09 07:01:55}, which counts from
 *     1970; at most 1e9 s before or behind that of the first row
 * @param gpus GPUs; rows of 0 GPUs are bad rows
 * @param run run time, in the unit
 * @param limit run time that the owner states, in the unit; without it or where the cell is blank, the true one
 * @param unitSeconds what 1 stands for in columns of time
 */
public record TableTrace(
        String id, String team, String submit, String gpus, String run, String limit, double unitSeconds) {

    private static final int MOST_GPUS = 1_000_000;

    public TableTrace {
        Stream.of(id, team, submit, gpus, run, limit).forEach(Objects::requireNonNull);
        if (submit.isEmpty() || gpus.isEmpty() || run.isEmpty() || !(unitSeconds > 0)) {
            throw new IllegalArgumentException(
                    "a table of jobs needs columns of submission, GPUs and run time and a unit");
        }
    }

    /**
     * @throws trainyard.faults.trace.TraceException if the file is no table, or a row is bad and such are refused
     */
    public JobList read(TraceFile file, BadRows badRows) {
        String[] columns = Stream.of(id, team, submit, gpus, run, limit)
                .filter(column -> !column.isEmpty())
                .toArray(String[]::new);
        FirstRow first = new FirstRow();
        return JobRows.jobs(JobRows.of(file, badRows, columns), badRows, row -> job(row, first));
    }

    /**
     * When the first row was submitted, and how it says so. Numbers and points in time have no common start, so all rows have to do
     * as that one; and a 0 among seconds since 1970, where the time is not known, would lie decades off.
     */
    private static final class FirstRow {
        private boolean isThere;
        private boolean number;
        private long nanos;

        void see(boolean asNumber, long submitNanos) {
            if (!isThere) {
                isThere = true;
                number = asNumber;
                nanos = submitNanos;
            }
        }

        boolean isNear(long submitNanos) {
            return Math.abs(submitNanos - nanos) <= JobRows.MOST_SECONDS * SimTime.NANOS_PER_SECOND;
        }
    }

    private ClusterJob job(CsvRow row, FirstRow first) {
        long runNanos = nanos(row, run);
        long limitNanos = limit.isEmpty() || row.isBlank(limit) ? runNanos : nanos(row, limit);
        return new ClusterJob(
                id.isEmpty() ? Long.toString(row.line()) : row.requiredText(id),
                team.isEmpty() ? "" : row.text(team),
                submission(row, first),
                row.integer(gpus, 1, MOST_GPUS),
                runNanos,
                Math.max(1, limitNanos));
    }

    private long submission(CsvRow row, FirstRow first) {
        String text = row.requiredText(submit);
        boolean number = text.indexOf(':') < 0;
        long nanos = number ? JobRows.pointNanos(row, submit, unitSeconds) : Timestamps.nanos(row, submit);
        first.see(number, nanos);
        if (first.number != number) {
            throw row.problem(
                    submit,
                    number
                            ? "must be a point in time as in the first row, got the number " + text
                            : "must be a number as in the first row, got the point in time " + text);
        }
        if (!first.isNear(nanos)) {
            throw row.problem(submit, "must be at most 1e9 s before or behind that of the first row, got " + text);
        }
        return nanos;
    }

    private long nanos(CsvRow row, String column) {
        return JobRows.nanos(row, column, unitSeconds);
    }
}
