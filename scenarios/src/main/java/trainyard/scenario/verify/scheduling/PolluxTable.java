package trainyard.scenario.verify.scheduling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scheduler.peer.pollux.Applications;
import trainyard.scheduler.peer.pollux.PolluxCluster;
import trainyard.scheduler.peer.pollux.PolluxJob;
import trainyard.scheduler.peer.pollux.PolluxSimulation;
import trainyard.scheduler.trace.TarArchive;
import trainyard.sim.csv.CsvRow;

/** What Pollux' authors published of their simulator under four loads: mean, median, 99th percentile, longest. */
final class PolluxTable implements PeerTable {

    private static final String TABLES = "sia-pollux/pollux_osdi21/traces_throughput_gradstats.tar.gz";
    private static final String WORKLOADS = "sia-pollux/pollux_osdi21/workloads.tar.gz";
    /** Why its own policy is shown only. */
    static final String UNJUDGED = "no: another random search, and step times that are measured and not fitted";
    /** Its genetic search draws at random; its README says that results vary. */
    private static final String OWN = "pollux";

    private static final String INTERPOLATED = "pollux/interpolated.csv";

    @Override
    public List<String> columns() {
        return List.of("policy", "job_load", "workload", "num_nodes", "gpus_per_node", "interval_s", "avg_jct");
    }

    @Override
    public String id(CsvRow row) {
        return row.requiredText("workload") + " load " + row.requiredText("job_load") + " "
                + row.requiredText("policy");
    }

    @Override
    public List<RowScore> score(CsvRow row, PeerData data) {
        String policy = row.requiredText("policy");
        PolluxCluster cluster = new PolluxCluster(
                row.integer("num_nodes", 1, 10_000),
                row.integer("gpus_per_node", 1, 1000),
                row.integer("interval_s", 1, 100_000),
                0);
        double load = row.positive("job_load");
        if (policy.equals(OWN) && load != 1) {
            throw RowSkipped.notBuilt("Pollux' own policy at other loads than 1, of which a row takes up to minutes");
        }
        PeerOutcome outcome = play(
                policy,
                (load == 1 ? "workloads" : "workloads-" + load),
                row.requiredText("workload"),
                cluster,
                data.traces());
        if (policy.equals(OWN)) {
            return own(row, outcome);
        }
        List<RowScore> scores = new ArrayList<>();
        Closeness exact = Closeness.LAST_DIGIT;
        scores.add(exact.score(row, "avg_jct", id(row), "mean job completion time", outcome.meanSeconds(), "s"));
        scores.add(exact.score(row, "median_jct", id(row), "median of them", outcome.quantile(0.5), "s"));
        scores.add(exact.score(row, "p99_jct", id(row), "99th percentile", outcome.quantile(0.99), "s"));
        scores.add(exact.score(row, "max_jct", id(row), "longest", outcome.quantile(1), "s"));
        if (load == 1) {
            data.perJob()
                    .file("published_pollux__" + policy + "__" + row.requiredText("workload") + ".csv")
                    .ifPresent(file -> scores.add(PerJob.score(id(row), file, outcome)));
        }
        return scores;
    }

    /** What is drawn there is drawn here, too, but not the same: nothing is judged. */
    private List<RowScore> own(CsvRow row, PeerOutcome outcome) {
        return List.of(
                unjudged(row, "avg_jct", "mean job completion time", outcome.meanSeconds()),
                unjudged(row, "median_jct", "median of them", outcome.quantile(0.5)),
                unjudged(row, "p99_jct", "99th percentile", outcome.quantile(0.99)),
                unjudged(row, "max_jct", "longest", outcome.quantile(1)));
    }

    private RowScore unjudged(CsvRow row, String column, String quantity, double seconds) {
        return RowScore.scored(id(row) + " " + column, quantity, seconds, row.number(column), "s", UNJUDGED);
    }

    /** Plays a workload of Pollux' simulator. */
    static PeerOutcome play(String policy, String folder, String workload, PolluxCluster cluster, TraceFolder traces) {
        String path = folder + "/" + workload + ".csv";
        List<PolluxJob> jobs = TarArchive.read(PeerData.trace(traces, WORKLOADS))
                .table(path)
                .map(PolluxJob::of)
                .orElseThrow(() -> RowSkipped.missing("workload " + path));
        Applications applications =
                Applications.read(PeerData.trace(traces, TABLES), PeerData.trace(traces, INTERPOLATED));
        Map<String, Long> completions = PolluxSimulation.run(jobs, applications, cluster, policy)
                .orElseThrow(() -> RowSkipped.notBuilt("policy " + policy + " of Pollux"));
        Map<String, Double> seconds = new LinkedHashMap<>();
        completions.forEach((job, taken) -> seconds.put(job, (double) taken));
        return new PeerOutcome(seconds, 0, 0);
    }
}
