package trainyard.scenario.verify.scheduling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scheduler.peer.gavel.GavelCluster;
import trainyard.scheduler.peer.gavel.GavelJob;
import trainyard.scheduler.peer.gavel.GavelOutcome;
import trainyard.scheduler.peer.gavel.GavelRules;
import trainyard.scheduler.peer.gavel.GavelSimulation;
import trainyard.scheduler.peer.gavel.GavelThroughputs;
import trainyard.scheduler.peer.gavel.GavelTrace;

/** Gavel on a cluster such as {@code 8:16:24 (v100:p100:k80), GPUs/server 4:4:4}, with seed 0. */
final class GavelModel implements PeerModel {

    private static final Pattern CLUSTER = Pattern.compile("(\\d+):(\\d+):(\\d+) \\(v100:p100:k80\\).*");
    private static final Set<String> WITHOUT_PROGRAM = Set.of("fifo", "fifo_perf", "gandiva", "isolated");
    private static final Closeness PROGRAM =
            new Closeness(0.05, "within 5 %: shares from an interior-point method, as the peer's from another");

    @Override
    public String peer() {
        return "gavel";
    }

    @Override
    public Closeness closeness(PeerRun run) {
        return WITHOUT_PROGRAM.contains(run.policy()) ? Closeness.LAST_DIGIT : PROGRAM;
    }

    @Override
    public PeerOutcome play(PeerRun run, TraceFolder traces) {
        Matcher cluster = CLUSTER.matcher(run.cluster());
        if (!cluster.matches()) {
            throw RowSkipped.unknown("cluster", "no cluster is called " + run.cluster());
        }
        List<GavelJob> jobs = GavelTrace.read(PeerData.trace(traces, "gavel/" + run.trace()));
        GavelThroughputs table = GavelThroughputs.read(PeerData.trace(traces, "gavel/simulation_throughputs.json"));
        GavelOutcome outcome = GavelSimulation.run(jobs, table, cluster(cluster), run.policy(), 0, GavelRules.GAVEL)
                .orElseThrow(() -> RowSkipped.notBuilt("policy " + run.policy() + " of Gavel"));
        return outcome(jobs, outcome);
    }

    private static GavelCluster cluster(Matcher parts) {
        return GavelCluster.of(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    }

    static PeerOutcome outcome(List<GavelJob> jobs, GavelOutcome outcome) {
        Map<String, Double> completions = new LinkedHashMap<>();
        for (int i = 0; i < jobs.size(); i++) {
            if (!Double.isNaN(outcome.completionSeconds().get(i))) {
                completions.put(Integer.toString(i), outcome.completionSeconds().get(i));
            }
        }
        double first = jobs.isEmpty() ? 0 : jobs.get(0).arrivalSeconds();
        return new PeerOutcome(completions, outcome.endSeconds() - first, outcome.endSeconds());
    }
}
