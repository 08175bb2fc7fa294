package trainyard.scenario.verify.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scheduler.peer.gavel.GavelCluster;
import trainyard.scheduler.peer.gavel.GavelJob;
import trainyard.scheduler.peer.gavel.GavelOutcome;
import trainyard.scheduler.peer.gavel.GavelRules;
import trainyard.scheduler.peer.gavel.GavelSimulation;
import trainyard.scheduler.peer.gavel.GavelTrace;
import trainyard.scheduler.peer.gavel.ThroughputTable;
import trainyard.sim.csv.CsvRow;

/** What Shockwave's authors published of 120 jobs on 32 V100: in their simulator, and on a real cluster. */
final class ShockwaveTable implements PeerTable {

    private static final Pattern CLUSTER = Pattern.compile("(\\d+) V100");
    private static final String COMPARED = "comparison";
    /** What a restart costs as their code has it. */
    private static final double RESTART_SECONDS = 20;
    /** Fitted to the simulated runs that they compare with the real cluster, in which it was drawn. */
    private static final double FITTED_RESTART_SECONDS = 16;

    private static final Closeness SIMULATED =
            new Closeness(0.05, "within 5 %: what a restart costs was drawn in their runs");
    private static final Closeness MEASURED = new Closeness(0.1, "within 10 %: a real cluster");

    @Override
    public List<String> columns() {
        return List.of("kind", "policy", "trace", "cluster", "round_s", "makespan", "avg_jct", "lease_ext");
    }

    @Override
    public String id(CsvRow row) {
        return row.requiredText("group") + " " + row.requiredText("kind") + " " + row.requiredText("policy");
    }

    @Override
    public List<RowScore> score(CsvRow row, PeerData data) {
        Matcher cluster = CLUSTER.matcher(row.requiredText("cluster"));
        if (!cluster.matches()) {
            throw RowSkipped.unknown("cluster", "expected a number of V100, got " + row.requiredText("cluster"));
        }
        List<GavelJob> jobs =
                GavelTrace.read(PeerData.trace(data.traces(), "shockwave/" + row.requiredText("trace") + ".trace"));
        ThroughputTable table = ThroughputTable.read(PeerData.trace(data.traces(), "shockwave/tacc_throughputs.json"));
        String policy = row.requiredText("policy");
        GavelOutcome played = GavelSimulation.run(
                        jobs,
                        table,
                        GavelCluster.of(Integer.parseInt(cluster.group(1)), 0, 0),
                        policy,
                        0,
                        GavelRules.shockwave(row.positive("round_s"), restartSeconds(row)))
                .orElseThrow(() -> RowSkipped.notBuilt("policy " + policy + " of Shockwave, a mixed-integer program"));
        PeerOutcome outcome = GavelModel.outcome(jobs, played);
        Closeness close = row.requiredText("kind").equals("physical") ? MEASURED : SIMULATED;
        String id = id(row);
        List<RowScore> scores = new ArrayList<>();
        scores.add(close.score(row, "makespan", id, "end of the last job", outcome.makespanSeconds(), "s"));
        scores.add(close.score(row, "avg_jct", id, "mean job completion time", outcome.meanSeconds(), "s"));
        scores.add(close.score(row, "median_jct", id, "median of them", outcome.quantile(0.5), "s"));
        scores.add(close.score(row, "p99_jct", id, "99th percentile", outcome.quantile(0.99), "s"));
        scores.add(close.score(row, "utilization", id, "share of GPU time in use", played.utilization(), ""));
        scores.add(close.score(row, "rounds", id, "rounds", played.rounds(), ""));
        return scores;
    }

    private static double restartSeconds(CsvRow row) {
        return row.requiredText("group").endsWith(COMPARED) ? FITTED_RESTART_SECONDS : RESTART_SECONDS;
    }
}
