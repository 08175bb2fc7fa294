package trainyard.scenario.verify.scheduling;

import java.util.List;
import java.util.Map;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvRow;

/** What Muri's authors published of their simulator: mean, last end, and the job behind 99 % of all. */
final class MuriTable implements PeerTable {

    private static final double SHARE = 0.99;
    private static final Map<String, String> POLICIES =
            Map.of("SRTF", "shortest", "SRSF", "shortest-gpu", "Tiresias_L", "dlas-gpu", "antman", "antman");

    private final PeerModel muri;

    MuriTable(PeerModel muri) {
        this.muri = muri;
    }

    @Override
    public List<String> columns() {
        return List.of("policy", "trace", "cluster", "avg_jct", "makespan_max_end", "p99_jct_index99", "source");
    }

    @Override
    public String id(CsvRow row) {
        return row.requiredText("trace") + " " + row.requiredText("policy");
    }

    @Override
    public List<RowScore> score(CsvRow row, PeerData data) {
        PeerRun run = new PeerRun(
                muri.peer(),
                row.requiredText("trace"),
                row.requiredText("cluster").split(" ")[0],
                "yarn",
                policy(row.requiredText("policy")));
        PeerOutcome outcome = muri.play(run, data.traces());
        Closeness exact = Closeness.LAST_DIGIT;
        return List.of(
                exact.score(row, "avg_jct", id(row), "mean job completion time", outcome.meanSeconds(), "s"),
                exact.score(row, "makespan_max_end", id(row), "last end", outcome.endSeconds(), "s"),
                exact.score(row, "p99_jct_index99", id(row), "job behind 99 % of all", outcome.atShare(SHARE), "s"));
    }

    private static String policy(String published) {
        String policy = POLICIES.get(published);
        if (policy == null) {
            throw RowSkipped.notBuilt(
                    published + " of Muri, "
                            + (published.equals("themis")
                                    ? "which solves a linear program at each event, with ties of which nothing is recorded"
                                    : "which interleaves jobs in groups by a matching whose ties decide, and of which no run is recorded job by job"));
        }
        return policy;
    }
}
