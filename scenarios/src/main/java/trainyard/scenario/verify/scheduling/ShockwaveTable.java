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
    /**
     * Calibrated: the whole seconds at which the simulated runs of the group {@link #COMPARED} come out nearest, in which it was
     * drawn. Shown beside the figures of {@link #RESTART_SECONDS}, and never gated.
     */
    private static final double CALIBRATED_RESTART_SECONDS = 16;

    private static final String CALIBRATED_GATE = "no: a restart of 16 s is calibrated on rows of this group";

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
        Run run = new Run(row, jobs, table, Integer.parseInt(cluster.group(1)));
        List<RowScore> scores = new ArrayList<>(run.scores(RESTART_SECONDS, ""));
        if (row.requiredText("group").endsWith(COMPARED)) {
            run.scores(CALIBRATED_RESTART_SECONDS, " calibrated").stream()
                    .map(score -> score.gatedBy(CALIBRATED_GATE))
                    .forEach(scores::add);
        }
        return scores;
    }

    /**
     * A row played.
     *
     * @param gpus V100 of the cluster
     */
    private record Run(CsvRow row, List<GavelJob> jobs, ThroughputTable table, int gpus) {

        List<RowScore> scores(double restartSeconds, String suffix) {
            String policy = row.requiredText("policy");
            GavelOutcome played = GavelSimulation.run(
                            jobs,
                            table,
                            GavelCluster.of(gpus, 0, 0),
                            policy,
                            0,
                            GavelRules.shockwave(row.positive("round_s"), restartSeconds))
                    .orElseThrow(
                            () -> RowSkipped.notBuilt("policy " + policy + " of Shockwave, a mixed-integer program"));
            PeerOutcome outcome = GavelModel.outcome(jobs, played);
            Closeness close = row.requiredText("kind").equals("physical") ? MEASURED : SIMULATED;
            String id = row.requiredText("group") + " " + row.requiredText("kind") + " " + policy + suffix;
            return List.of(
                    close.score(row, "makespan", id, "end of the last job", outcome.makespanSeconds(), "s"),
                    close.score(row, "avg_jct", id, "mean job completion time", outcome.meanSeconds(), "s"),
                    close.score(row, "median_jct", id, "median of them", outcome.quantile(0.5), "s"),
                    close.score(row, "p99_jct", id, "99th percentile", outcome.quantile(0.99), "s"),
                    close.score(row, "utilization", id, "share of GPU time in use", played.utilization(), ""),
                    close.score(row, "rounds", id, "rounds", played.rounds(), ""));
        }
    }
}
