package trainyard.scenario.verify.scheduling;

import java.util.List;
import java.util.Map;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvRow;

/** What Muri's authors published of their simulator: mean, last end, and the job behind 99 % of all. */
final class MuriTable implements PeerTable {

    private static final double SHARE = 0.99;
    private static final Map<String, String> POLICIES = Map.of(
            "SRTF",
            "shortest",
            "SRSF",
            "shortest-gpu",
            "Tiresias_L",
            "dlas-gpu",
            "antman",
            "antman",
            "Muri_S",
            "multi-resource-blossom-same-gpu",
            "Muri_L",
            "multi-resource-blossom-same-gpu-unaware");

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
        boolean judged = !MuriModel.isInterleaved(run.policy());
        return List.of(
                score(row, "avg_jct", "mean job completion time", outcome.meanSeconds(), judged),
                score(row, "makespan_max_end", "last end", outcome.endSeconds(), judged),
                score(row, "p99_jct_index99", "job behind 99 % of all", outcome.atShare(SHARE), judged));
    }

    private RowScore score(CsvRow row, String column, String quantity, double seconds, boolean judged) {
        return judged
                ? Closeness.LAST_DIGIT.score(row, column, id(row), quantity, seconds, "s")
                : RowScore.scored(
                        id(row) + " " + column,
                        quantity,
                        seconds,
                        row.number(column),
                        "s",
                        "no: no run is recorded job by job, and the code that made the figures may be another version");
    }

    private static String policy(String published) {
        String policy = POLICIES.get(published);
        if (policy == null) {
            throw RowSkipped.notBuilt(published + " of Muri, "
                    + "which solves a linear program at each event, with ties of which nothing is recorded");
        }
        return policy;
    }
}
