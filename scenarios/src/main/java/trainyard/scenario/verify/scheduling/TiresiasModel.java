package trainyard.scenario.verify.scheduling;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import trainyard.faults.trace.TraceFile;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.peer.RepackedOrder;
import trainyard.scheduler.peer.tiresias.GittinsRanks;
import trainyard.scheduler.peer.tiresias.SkippingPending;
import trainyard.scheduler.peer.tiresias.TiresiasQueues;
import trainyard.scheduler.peer.tiresias.YarnPlacement;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.trace.TiresiasTrace;
import trainyard.sim.csv.CsvTable;

/** Tiresias. Clusters are called {@code n4g8} (4 nodes of 8 GPUs behind one switch) or {@code n3x4g8} (behind each of 3). */
final class TiresiasModel implements PeerModel {

    /** An {@code M} behind it is a cluster with memory without limit, which is what ours has. */
    private static final Pattern CLUSTER = Pattern.compile("n(?:(\\d+)x)?(\\d+)g(\\d+)M?");

    private static final Pattern FIRST_THOUSANDS = Pattern.compile("(.+)_(\\d+)k");
    private static final Pattern PROMOTING = Pattern.compile("dlas-gpu-(\\d+)");
    private static final String SAMPLES = "tiresias/yarn-gput1000.csv";

    /** Nodes behind each switch, and GPUs of each. */
    private record Shape(int switches, int nodesPerSwitch, int gpusPerNode) {

        static Shape of(String name) {
            if (name.equals("cluster_spec")) {
                return new Shape(1, 16, 4);
            }
            Matcher parts = CLUSTER.matcher(name);
            if (!parts.matches()) {
                throw RowSkipped.unknown("cluster", "no cluster is called " + name);
            }
            int switches = parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
            return new Shape(switches, Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        }
    }

    @Override
    public String peer() {
        return "tiresias";
    }

    @Override
    public PeerOutcome play(PeerRun run, TraceFolder traces) {
        Shape shape = Shape.of(run.cluster());
        SchedulingPolicy policy = policy(run.policy(), traces);
        FreeGpus cluster = FreeGpus.equal(shape.switches() * shape.nodesPerSwitch(), shape.gpusPerNode());
        return PeerOutcome.of(ClusterSimulation.run(jobs(run.trace(), traces), cluster, placement(run, shape), policy));
    }

    /** Its queues look at the number of free GPUs alone, whatever placement is asked for. */
    private static Placement placement(PeerRun run, Shape shape) {
        boolean counts = run.policy().startsWith("dlas");
        return switch (run.placement()) {
            case "count" -> new AnyGpus();
            case "yarn" -> counts ? new AnyGpus() : new YarnPlacement(shape.nodesPerSwitch(), shape.gpusPerNode());
            default -> throw RowSkipped.notBuilt("placement " + run.placement() + " of Tiresias");
        };
    }

    private static SchedulingPolicy policy(String name, TraceFolder traces) {
        Matcher promoting = PROMOTING.matcher(name);
        if (promoting.matches()) {
            return TiresiasQueues.promoting(Integer.parseInt(promoting.group(1)));
        }
        return switch (name) {
            case "fifo" -> new QueueOrder(QueueOrder.Key.ARRIVAL, QueueOrder.Overtaking.NONE);
            case "fjf" -> new QueueOrder(QueueOrder.Key.ARRIVAL, QueueOrder.Overtaking.WHATEVER_FITS);
            case "lpjf" -> new SkippingPending();
            case "sjf" -> new RepackedOrder(RepackedOrder.Key.SJF);
            case "shortest" -> new RepackedOrder(RepackedOrder.Key.SHORTEST);
            case "shortest-gpu" -> new RepackedOrder(RepackedOrder.Key.SHORTEST_GPU);
            case "dlas" -> TiresiasQueues.byTime();
            case "dlas-gpu" -> TiresiasQueues.byGpuTime();
            case "dlas-gpu-gittins" -> TiresiasQueues.byGittinsIndex(ranks(traces));
            case "shortest-expected" ->
                throw RowSkipped.notBuilt("shortest-expected of Tiresias, which changes the key of the wrong job");
            default -> throw RowSkipped.notBuilt("policy " + name + " of Tiresias");
        };
    }

    private static GittinsRanks ranks(TraceFolder traces) {
        TraceFile file = traces.file(SAMPLES).orElseThrow(() -> RowSkipped.missing("trace " + SAMPLES + " (--traces)"));
        return new GittinsRanks(file.read(CsvTable::read).require("duration").rows().stream()
                .mapToLong(row -> Math.round(row.notNegative("duration")))
                .toArray());
    }

    private static List<ClusterJob> jobs(String trace, TraceFolder traces) {
        Optional<TraceFile> file = file(trace, traces);
        if (file.isPresent()) {
            return TiresiasTrace.read(file.get());
        }
        Matcher part = FIRST_THOUSANDS.matcher(trace);
        return Optional.of(part)
                .filter(Matcher::matches)
                .flatMap(match -> file(match.group(1), traces))
                .map(TiresiasTrace::read)
                .map(jobs -> jobs.subList(0, Math.min(jobs.size(), 1000 * Integer.parseInt(part.group(2)))))
                .orElseThrow(() -> RowSkipped.missing("trace " + trace + " (--traces)"));
    }

    private static Optional<TraceFile> file(String trace, TraceFolder traces) {
        return Stream.of("tiresias/" + trace + ".csv", "philly/tiresias_format_" + trace + ".csv")
                .flatMap(path -> traces.file(path).stream())
                .findFirst();
    }
}
