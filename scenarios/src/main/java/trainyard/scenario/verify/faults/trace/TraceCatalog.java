package trainyard.scenario.verify.faults.trace;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import trainyard.faults.trace.CapacitySeries;
import trainyard.faults.trace.DiskFailures;
import trainyard.faults.trace.FailureLog;
import trainyard.faults.trace.GpuBatches;
import trainyard.faults.trace.GpuLifetimes;
import trainyard.faults.trace.InstanceCounts;
import trainyard.faults.trace.MembershipTrace;
import trainyard.faults.trace.NodeFaultTrace;
import trainyard.faults.trace.TraceFile;
import trainyard.faults.trace.TraceFolder;

/** Opens a trace by the name of its source, each once, with the reader of its format. */
public final class TraceCatalog {

    /** Sources of traces, as tables name them. */
    public static final String STEPFUN = "infinitehbd-stepfun-2024";

    public static final String LANL = "lanl-1996-2005";
    static final String TITAN = "titan-gpu-lifetimes";
    public static final String DISKS = "hpc-disk-alpine-campaign";
    public static final String SKYPILOT = "skypilot-spot";

    private static final double SECONDS_PER_MILLISECOND = 1e-3;
    private static final double SECONDS_PER_HOUR = 3_600;

    private final TraceFolder traces;
    private final Map<String, Optional<TraceMetrics>> opened = new ConcurrentHashMap<>();

    /**
     * @param traces where the traces lie
     */
    public TraceCatalog(TraceFolder traces) {
        this.traces = traces;
    }

    /**
     * @param source folder of the trace, and the file within where it has several
     * @return absent where the trace is not at hand or of a format that is not known
     * @throws trainyard.faults.trace.TraceException if it is damaged
     */
    public Optional<TraceMetrics> find(String source) {
        return opened.computeIfAbsent(source, this::open);
    }

    private Optional<TraceMetrics> open(String source) {
        String folder = source.contains("/") ? source.substring(0, source.indexOf('/')) : source;
        return switch (folder) {
            case STEPFUN ->
                traces.file(STEPFUN + "/fault_trace.json")
                        .map(file -> new NodeFaultMetrics(NodeFaultTrace.read(file), NodeFaultMetrics.STEPFUN_NODES));
            case LANL ->
                traces.file(LANL + "/LA-UR-05-7318-failure-data-1996-2005.csv")
                        .map(file -> new FailureLogMetrics(FailureLog.read(file)));
            case TITAN -> titan();
            case DISKS -> traces.file(source + "_formatted_data.csv").map(file -> disks(DiskFailures.read(file)));
            case SKYPILOT -> traces.file(source + ".json").map(file -> new CapacityMetrics(CapacitySeries.read(file)));
            case "bamboo-spot", "oobleck-artifact", "parcae-spot" -> nodes(source);
            default -> Optional.empty();
        };
    }

    private Optional<TraceMetrics> titan() {
        return traces.file(TITAN + "/gc_full.csv")
                .flatMap(full -> traces.file(TITAN + "/gc_summary_loc.csv")
                        .map(summary -> new GpuLifetimeMetrics(GpuLifetimes.read(full), GpuBatches.read(summary))));
    }

    private static TraceMetrics disks(DiskFailures failures) {
        double[] hours = failures.epochSeconds().stream()
                .mapToDouble(seconds -> seconds / SECONDS_PER_HOUR)
                .toArray();
        return metric -> metric.equals("failures")
                ? OptionalDouble.of(hours.length)
                : SampleMetrics.ofGaps(metric.replace("interarrival_", ""), hours);
    }

    /** Nodes that come and go, or their number over time; the name of the file tells the format. */
    private Optional<TraceMetrics> nodes(String source) {
        String name = source.substring(source.indexOf('/') + 1);
        Function<TraceFile, TraceMetrics> reader;
        if (name.startsWith("aws-spot-instances-p2-xlarge-2020")) {
            reader = file -> new InstanceCountMetrics(InstanceCounts.read(file, SECONDS_PER_HOUR));
        } else if (name.startsWith("aws-spot-instances")) {
            reader = file -> new InstanceCountMetrics(InstanceCounts.read(file, 1));
        } else if (name.endsWith(".txt")) {
            reader = file -> new InstanceCountMetrics(InstanceCounts.readClock(file));
        } else if (source.equals("parcae-spot/p3.csv")) {
            reader = file -> new InstanceCountMetrics(InstanceCounts.read(file, SECONDS_PER_MILLISECOND));
        } else if (name.endsWith(".csv")) {
            reader = file -> new MembershipMetrics(MembershipTrace.read(file));
        } else {
            return Optional.empty();
        }
        return traces.file(source).map(reader);
    }
}
