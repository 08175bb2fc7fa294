package trainyard.scenario.verify.scheduling;

import java.util.List;
import java.util.Map;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scheduler.peer.pollux.PolluxCluster;
import trainyard.sim.csv.CsvRow;

/**
 * What Pollux' authors published of their own policy at other intervals, and where jobs on several nodes may meet and then slow each other down: mean completion
 * times on the cluster of the other table, sixteen nodes of four GPUs. The README of the simulator (petuum/adaptdl, branch osdi21-artifact) says how each was made.
 */
final class PolluxVariantsTable implements PeerTable {

    private static final int NODES = 16;
    private static final int GPUS_PER_NODE = 4;
    private static final long INTERVAL_SECONDS = 60;

    /** The one workload that every variant has; a row takes half a minute and none is judged. */
    private static final String PLAYED = "workload-6";

    /** Seconds between two allocations. */
    private static final Map<String, Long> INTERVALS =
            Map.of("pollux-30s", 30L, "pollux-2m", 120L, "pollux-4m", 240L, "pollux-8m", 480L);
    /** Share of their speed that jobs lose which meet, all without avoidance. */
    private static final Map<String, Double> INTERFERENCE = Map.of("noavoid", 0.0, "inter25", 0.25, "inter50", 0.5);

    @Override
    public List<String> columns() {
        return List.of("source", "experiment", "variant", "workload", "avg_jct");
    }

    @Override
    public String id(CsvRow row) {
        return row.requiredText("experiment") + " " + row.requiredText("variant") + " " + row.requiredText("workload");
    }

    @Override
    public List<RowScore> score(CsvRow row, PeerData data) {
        String variant = row.requiredText("variant");
        if (!INTERVALS.containsKey(variant) && !INTERFERENCE.containsKey(variant)) {
            throw RowSkipped.notBuilt("variant " + variant + " of Pollux");
        }
        if (!row.requiredText("workload").equals(PLAYED)) {
            throw RowSkipped.notPlayed(
                    "variants of Pollux on other workloads than " + PLAYED + ", which take half a minute each");
        }
        PolluxCluster cluster = new PolluxCluster(
                NODES,
                GPUS_PER_NODE,
                INTERVALS.getOrDefault(variant, INTERVAL_SECONDS),
                INTERFERENCE.getOrDefault(variant, 0.0));
        PeerOutcome outcome = PolluxTable.play(
                INTERFERENCE.containsKey(variant) ? "pollux-noavoid" : "pollux",
                "workloads",
                row.requiredText("workload"),
                cluster,
                data.traces());
        return List.of(RowScore.scored(
                id(row) + " avg_jct",
                "mean job completion time",
                outcome.meanSeconds(),
                row.number("avg_jct"),
                "s",
                PolluxTable.UNJUDGED));
    }
}
