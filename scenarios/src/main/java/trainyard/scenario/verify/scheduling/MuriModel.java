package trainyard.scenario.verify.scheduling;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.peer.RepackedOrder;
import trainyard.scheduler.peer.muri.MuriJobs;
import trainyard.scheduler.peer.tiresias.YarnPlacement;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.sim.csv.CsvTable;

/** Muri without its own policy: SRTF, SRSF and the queues of Tiresias, with the overhead that it counts. */
final class MuriModel implements PeerModel {

    private static final Pattern CLUSTER = Pattern.compile("n(\\d+)g(\\d+)");

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
        MuriJobs jobs = traces.file("muri/" + run.trace() + ".csv")
                .map(file -> MuriJobs.of(file.read(CsvTable::read)))
                .orElseThrow(() -> RowSkipped.missing("trace muri/" + run.trace() + " (--traces)"));
        int nodes = Integer.parseInt(cluster.group(1));
        int gpusPerNode = Integer.parseInt(cluster.group(2));
        boolean counts = run.policy().equals("dlas-gpu");
        Placement placement = counts ? new AnyGpus() : new YarnPlacement(nodes, gpusPerNode);
        return PeerOutcome.of(ClusterSimulation.run(
                jobs.jobs(), FreeGpus.equal(nodes, gpusPerNode), placement, policy(run.policy(), jobs)));
    }

    private static SchedulingPolicy policy(String name, MuriJobs jobs) {
        return switch (name) {
            case "shortest" -> jobs.with(new RepackedOrder(RepackedOrder.Key.SHORTEST));
            case "shortest-gpu" -> jobs.with(new RepackedOrder(RepackedOrder.Key.SHORTEST_GPU));
            case "dlas-gpu" -> jobs.leastAttained();
            default -> throw RowSkipped.notBuilt("policy " + name + " of Muri");
        };
    }
}
