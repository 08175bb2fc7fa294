package trainyard.scenario.verify.scheduling;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.run.ClusterOutcome;
import trainyard.scheduler.run.JobOutcome;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/** Holds each job of a run to what the peer recorded of it. */
final class PerJob {

    private static final double SAME_SECONDS = 1e-3;
    private static final double NANO = 1e-9;

    private PerJob() {}

    /** How many jobs a file of them has. */
    static long recorded(TraceFile file) {
        return file.read(CsvTable::read).rows().size();
    }

    /**
     * How many jobs took as long from submission to end as recorded, to the millisecond.
     *
     * @param file jobs with {@code job_id} or {@code job} and their time in seconds
     */
    static long equal(TraceFile file, ClusterOutcome outcome) {
        Map<String, JobOutcome> jobs = outcome.jobs().stream()
                .collect(Collectors.toMap(job -> job.job().id(), job -> job));
        return file.read(CsvTable::read).rows().stream()
                .filter(row -> {
                    JobOutcome job = jobs.get(row.requiredText(column(row, "job_id", "job")));
                    double seconds = row.number(column(row, "JCT", "jct", "jct_s"));
                    return job != null && Math.abs(job.completionNanos() * NANO - seconds) < SAME_SECONDS;
                })
                .count();
    }

    private static String column(CsvRow row, String... names) {
        return Stream.of(names).filter(row::has).findFirst().orElseThrow(() -> row.problem(names[0], "is missing"));
    }
}
