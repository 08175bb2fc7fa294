package trainyard.scenario.verify.scheduling;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.SourceScore;
import trainyard.scheduler.peer.gavel.GavelCluster;
import trainyard.scheduler.peer.gavel.GavelDeployment;
import trainyard.scheduler.peer.gavel.GavelJob;
import trainyard.scheduler.peer.gavel.GavelOutcome;
import trainyard.scheduler.peer.gavel.GavelRules;
import trainyard.scheduler.peer.gavel.GavelSimulation;
import trainyard.scheduler.peer.gavel.GavelThroughputs;
import trainyard.scheduler.peer.gavel.GavelTrace;
import trainyard.sim.csv.CsvRow;

/** What Shockwave's authors published of 120 jobs on 32 V100: in their simulator, and on a real cluster. */
final class ShockwaveTable implements PeerTable {

    private static final Pattern CLUSTER = Pattern.compile("(\\d+) V100");
    /** What a restart costs as their code has it. */
    private static final double RESTART_SECONDS = 20;

    private static final String PHYSICAL = "physical";
    /** What the mean of the absolute errors against the real cluster may be. */
    private static final double MEAN_PERCENT = 6;

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
        GavelThroughputs table =
                GavelThroughputs.read(PeerData.trace(data.traces(), "shockwave/tacc_throughputs.json"));
        return compare(row, jobs, play(row, jobs, table, Integer.parseInt(cluster.group(1))));
    }

    private static GavelOutcome play(CsvRow row, List<GavelJob> jobs, GavelThroughputs table, int gpus) {
        String policy = row.requiredText("policy");
        GavelCluster cluster = GavelCluster.of(gpus, 0, 0);
        GavelRules rules = GavelRules.shockwave(row.positive("round_s"), RESTART_SECONDS);
        Optional<GavelOutcome> played = row.requiredText("kind").equals(PHYSICAL)
                ? GavelDeployment.run(jobs, table, cluster, policy, rules)
                : GavelSimulation.run(jobs, table, cluster, policy, 0, rules);
        return played.orElseThrow(
                () -> RowSkipped.notBuilt("policy " + policy + " of Shockwave, a mixed-integer program"));
    }

    private List<RowScore> compare(CsvRow row, List<GavelJob> jobs, GavelOutcome played) {
        PeerOutcome outcome = GavelModel.outcome(jobs, played);
        String kind = row.requiredText("kind");
        Closeness close = kind.equals(PHYSICAL) ? MEASURED : SIMULATED;
        String id = id(row);
        return Stream.of(
                        close.score(row, "makespan", id, "end of the last job", outcome.makespanSeconds(), "s"),
                        close.score(row, "avg_jct", id, "mean job completion time", outcome.meanSeconds(), "s"),
                        close.score(row, "median_jct", id, "median of them", outcome.quantile(0.5), "s"),
                        close.score(row, "p99_jct", id, "99th percentile", outcome.quantile(0.99), "s"),
                        close.score(row, "utilization", id, "share of GPU time in use", played.utilization(), ""),
                        close.score(row, "rounds", id, "rounds", played.rounds(), ""))
                .map(score -> score.inBand(kind))
                .toList();
    }

    /** The mean error against the real cluster. */
    @Override
    public List<RowScore> overall(List<RowScore> scores) {
        SourceScore real = new SourceScore(
                PHYSICAL,
                scores.stream().filter(score -> score.band().equals(PHYSICAL)).toList());
        return real.meanAbsolutePercent().stream()
                .mapToObj(percent -> RowScore.overall(
                        PHYSICAL, "mean of absolute errors against the real cluster", percent, MEAN_PERCENT, "%"))
                .toList();
    }
}
