package trainyard.scenario.verify.scheduling;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scheduler.peer.muri.MuriJob;
import trainyard.scheduler.peer.muri.MuriSimulation;
import trainyard.sim.csv.CsvTable;

/** Muri without its own policy: SRTF, SRSF and the queues of Tiresias, with the overhead that it counts. */
final class MuriModel implements PeerModel {

    private static final Pattern CLUSTER = Pattern.compile("n(\\d+)g(\\d+)");

    /** Beyond so many jobs its matchings take minutes. */
    private static final int MOST_INTERLEAVED = 1000;

    /** Whether jobs take turns under a policy of Muri. */
    static boolean isInterleaved(String policy) {
        return policy.startsWith("multi-resource");
    }

    @Override
    public String peer() {
        return "muri";
    }

    @Override
    public PeerOutcome play(PeerRun run, TraceFolder traces) {
        Matcher cluster = CLUSTER.matcher(run.cluster());
        if (!cluster.matches()) {
            throw RowSkipped.unknown("cluster", "no cluster is called " + run.cluster());
        }
        List<MuriJob> jobs = MuriJob.of(
                PeerData.trace(traces, "muri/" + run.trace() + ".csv").read(CsvTable::read));
        if (isInterleaved(run.policy()) && jobs.size() > MOST_INTERLEAVED) {
            throw RowSkipped.notPlayed("Muri's own policies on more than 1,000 jobs, whose matchings take minutes");
        }
        MuriSimulation.Outcome outcome = MuriSimulation.run(
                        jobs, Integer.parseInt(cluster.group(1)), Integer.parseInt(cluster.group(2)), run.policy())
                .orElseThrow(() -> RowSkipped.notBuilt("policy " + run.policy() + " of Muri"));
        return new PeerOutcome(
                outcome.completionSeconds(), outcome.endSeconds() - jobs.get(0).submitSeconds(), outcome.endSeconds());
    }
}
