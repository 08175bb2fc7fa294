package trainyard.scenario.verify.scheduling;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import trainyard.faults.trace.TraceFile;
import trainyard.scenario.verify.RowScore;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/** Holds each job of a run to what the peer recorded of it. */
final class PerJob {

    private static final double SAME_SECONDS = 1e-3;

    private PerJob() {}

    /** Scores how many jobs took as long from submission to end as recorded, to the millisecond. */
    static RowScore score(String run, TraceFile file, PeerOutcome outcome) {
        List<CsvRow> recorded = file.read(CsvTable::read).rows();
        long equal = recorded.stream()
                .filter(row -> isEqual(row, outcome.completionSeconds()))
                .count();
        return RowScore.scored(
                        run + " per job", "jobs with the same completion time", equal, recorded.size(), "", "yes")
                .judged(equal == recorded.size(), "every job to the millisecond");
    }

    private static boolean isEqual(CsvRow row, Map<String, Double> completions) {
        Double seconds = completions.get(row.requiredText(column(row, "job_id", "job", "name")));
        return seconds != null && Math.abs(seconds - row.number(column(row, "JCT", "jct", "jct_s"))) < SAME_SECONDS;
    }

    private static String column(CsvRow row, String... names) {
        return Stream.of(names).filter(row::has).findFirst().orElseThrow(() -> row.problem(names[0], "is missing"));
    }
}
