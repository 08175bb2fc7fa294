package trainyard.faults.cause;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import trainyard.faults.trace.Outage;
import trainyard.faults.trace.OutageTrace;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/**
 * Recorded outages as faults: each takes its node at its time and for as long as it took. Which node of the cluster stands
 * for which of the trace is drawn in each replication; a smaller cluster has so many nodes of the trace, drawn. Nodes that are
 * out of use at the start are so from time 0 on.
 */
public final class FaultReplay {

    /** Prefix of the names of the causes. */
    private static final String NAME = "trace";
    /** Behind the end of any observation. */
    private static final long NEVER_BACK_NANOS = 1L << 62;

    private final OutageTrace trace;
    private final List<Outage> outages;
    private final OptionalDouble startSeconds;
    private final Map<String, FaultCause> causes;
    private final double noticeSeconds;

    /**
     * @param trace what was recorded
     * @param startSeconds time of the trace at which a life begins, from 0 to its span; empty: drawn in each replication, and
     *     the trace begins again at its end
     * @param visibility how each outage shows
     * @param provenance source of the trace
     */
    public FaultReplay(OutageTrace trace, OptionalDouble startSeconds, Visibility visibility, Provenance provenance) {
        this(trace, startSeconds, visibility, provenance, 0);
    }

    /**
     * The same for outages that are announced.
     *
     * @param noticeSeconds how long before
     */
    public FaultReplay(
            OutageTrace trace,
            OptionalDouble startSeconds,
            Visibility visibility,
            Provenance provenance,
            double noticeSeconds) {
        this.noticeSeconds = noticeSeconds;
        this.trace = Objects.requireNonNull(trace, "trace");
        this.startSeconds = Objects.requireNonNull(startSeconds, "startSeconds");
        if (startSeconds.isPresent()
                && !(startSeconds.getAsDouble() >= 0 && startSeconds.getAsDouble() < trace.spanSeconds())) {
            throw new IllegalArgumentException("a life begins within the trace, got " + startSeconds);
        }
        outages = startSeconds.isPresent() ? trace.outages() : trace.goingRound();
        causes = new LinkedHashMap<>();
        outages.stream()
                .collect(Collectors.groupingBy(Outage::cause, LinkedHashMap::new, Collectors.toList()))
                .forEach((name, own) -> causes.put(name, cause(name, own, visibility, provenance)));
    }

    private FaultCause cause(String name, List<Outage> own, Visibility visibility, Provenance provenance) {
        double repair = own.stream().mapToDouble(Outage::seconds).average().orElse(0);
        return new FaultCause(
                NAME + " " + name,
                Scope.NODE,
                new Exponential(trace.nodes() * trace.spanSeconds() / own.size()),
                visibility,
                Damage.NODE,
                new Fixed(repair),
                provenance,
                FaultTraits.NONE.withNotice(noticeSeconds));
    }

    double noticeSeconds() {
        return noticeSeconds;
    }

    /** Nodes of the trace: the most that a cluster may have. */
    public int nodes() {
        return trace.nodes();
    }

    /** Time that the trace covers from the start of a life on; infinite where it begins again at its end. */
    public double secondsFromStart() {
        return startSeconds.isPresent() ? trace.spanSeconds() - startSeconds.getAsDouble() : Double.POSITIVE_INFINITY;
    }

    /** Outages a second of a cluster's nodes, in the mean over the trace. */
    public double stopsPerSecond(ClusterShape cluster) {
        return outages.size() / trace.spanSeconds() * cluster.nodes() / trace.nodes();
    }

    /** The recorded kinds of outages; each takes a node. */
    public List<FaultCause> causes() {
        return List.copyOf(causes.values());
    }

    CauseFaults faults(ClusterShape cluster, RandomStreams streams) {
        if (cluster.nodes() > trace.nodes()) {
            throw new IllegalArgumentException(
                    "a trace of " + trace.nodes() + " nodes says nothing of " + cluster.nodes());
        }
        int[] nodeOf = IntStream.range(0, trace.nodes()).toArray();
        PermutationSampler.shuffle(streams.stream(NAME + "/node"), nodeOf);
        double start = startSeconds.orElseGet(
                () -> trace.spanSeconds() * streams.stream(NAME + "/start").nextDouble());
        UniformRandomProvider marks = streams.stream(NAME + "/mark");
        RecordedFaults faults = new RecordedFaults(SimTime.nanos(trace.spanSeconds()), startSeconds.isEmpty());
        for (Outage outage : outages) {
            long mark = marks.nextLong();
            int node = nodeOf[outage.node()];
            if (node < cluster.nodes()) {
                add(faults, outage, node, outage.startSeconds() - start, mark);
            }
        }
        return faults;
    }

    /** An outage that begins so long after the start of a life; one that is over by then comes again with the trace. */
    private void add(RecordedFaults faults, Outage outage, int node, double begin, long mark) {
        FaultCause cause = causes.get(outage.cause());
        double end = begin + outage.seconds();
        boolean goesRound = startSeconds.isEmpty();
        if (goesRound && outage.seconds() >= trace.spanSeconds()) {
            faults.addFirst(fault(cause, node, 0, NEVER_BACK_NANOS, mark));
            return;
        }
        if (goesRound && end > trace.spanSeconds()) {
            // It began in the round before.
            faults.addFirst(fault(cause, node, 0, SimTime.nanos(end - trace.spanSeconds()), ~mark));
        }
        if (begin >= 0) {
            faults.add(between(cause, node, begin, end, mark));
            return;
        }
        if (end > 0) {
            // Its other half comes again with the trace, under a mark of its own.
            faults.addFirst(fault(cause, node, 0, SimTime.nanos(end), ~mark));
        }
        if (goesRound) {
            faults.add(between(cause, node, begin + trace.spanSeconds(), end + trace.spanSeconds(), mark));
        }
    }

    private static Fault between(FaultCause cause, int node, double begin, double end, long mark) {
        long nanos = SimTime.nanos(begin);
        return fault(cause, node, nanos, SimTime.nanos(end) - nanos, mark);
    }

    private static Fault fault(FaultCause cause, int node, long nanos, long outNanos, long mark) {
        return new Fault(nanos, cause, node, node, node + 1, Damage.NODE, outNanos, 0, mark);
    }
}
