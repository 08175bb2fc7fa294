package trainyard.faults.cause;

import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.RandomStreams;

/** Draws what belongs to the faults of one process, each quantity from a stream of its own. */
final class FaultDraws {

    /** A time that no clock reaches. */
    static final long NEVER = Long.MAX_VALUE;

    private static final double NANOS_LIMIT = 0x1p62;

    private final FaultCause cause;
    private final ClusterShape cluster;
    private final UniformRandomProvider components;
    private final UniformRandomProvider marks;
    private final UniformRandomProvider transients;
    private final ContinuousSampler repairs;
    private final Optional<ContinuousSampler> lasts;

    /**
     * @param process name of the process, a prefix of its streams
     */
    FaultDraws(FaultCause cause, ClusterShape cluster, RandomStreams streams, String process) {
        this.cause = cause;
        this.cluster = cluster;
        components = streams.stream(process + "/component");
        marks = streams.stream(process + "/mark");
        transients = streams.stream(process + "/transient");
        repairs = cause.repairSeconds().sampler(streams.stream(process + "/repair"));
        lasts = lasting().map(law -> law.sampler(streams.stream(process + "/lasts")));
    }

    private Optional<Distribution> lasting() {
        return cause.traits().slowdown().flatMap(Slowdown::lastsSeconds);
    }

    /** One of equal components. */
    int component(int count) {
        return components.nextInt(count);
    }

    Fault fault(long nanos, int component) {
        Damage damage = damage();
        boolean repaired = damage.takesNode() || cause.scope() == Scope.STORAGE;
        return new Fault(
                nanos,
                cause,
                component,
                cause.scope().firstNode(component, cluster),
                cause.scope().endNode(component, cluster),
                damage,
                repaired ? Math.min(nanos(repairs.sample()), (long) NANOS_LIMIT) : 0,
                lastsNanos(),
                marks.nextLong());
    }

    /** A transient fault takes no node; it restarts. */
    private Damage damage() {
        boolean restarts = cause.damage().takesNode()
                && cause.traits().transientShare() > 0
                && transients.nextDouble() < cause.traits().transientShare();
        return restarts ? Damage.RESTART : cause.damage();
    }

    private long lastsNanos() {
        return cause.traits().slowdown().isEmpty()
                ? 0
                : lasts.map(law -> nanos(law.sample())).orElse(NEVER);
    }

    /** A time in whole nanoseconds; {@link #NEVER} if the clock cannot reach it. */
    static long nanos(double seconds) {
        double nanos = seconds * SimTime.NANOS_PER_SECOND;
        return nanos < NANOS_LIMIT ? SimTime.nanos(seconds) : NEVER;
    }
}
