package trainyard.faults.cause;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

/** Draws what belongs to the faults of one cause, each quantity from a stream of its own. */
final class FaultDraws {

    /** A time that no clock reaches. */
    static final long NEVER = Long.MAX_VALUE;

    private static final double NANOS_LIMIT = 0x1p62;

    private final FaultCause cause;
    private final ClusterShape cluster;
    private final UniformRandomProvider components;
    private final UniformRandomProvider marks;
    private final ContinuousSampler repairs;

    FaultDraws(FaultCause cause, ClusterShape cluster, RandomStreams streams) {
        this.cause = cause;
        this.cluster = cluster;
        components = streams.stream(cause.name() + "/component");
        marks = streams.stream(cause.name() + "/mark");
        repairs = cause.repairSeconds().sampler(streams.stream(cause.name() + "/repair"));
    }

    /** One of equal components. */
    int component(int count) {
        return components.nextInt(count);
    }

    Fault fault(long nanos, int component) {
        boolean taken = cause.damage().takesNode();
        return new Fault(
                nanos,
                cause,
                cause.scope().firstNode(component, cluster),
                cause.scope().endNode(component, cluster),
                taken ? Math.min(nanos(repairs.sample()), (long) NANOS_LIMIT) : 0,
                marks.nextLong());
    }

    /** A time in whole nanoseconds; {@link #NEVER} if the clock cannot reach it. */
    static long nanos(double seconds) {
        double nanos = seconds * SimTime.NANOS_PER_SECOND;
        return nanos < NANOS_LIMIT ? SimTime.nanos(seconds) : NEVER;
    }
}
