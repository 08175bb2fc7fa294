package trainyard.faults.cause;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;

/**
 * Faults without memory. Those of n components with exponential times of mean m are one Poisson process of rate n / m, of
 * which each component gets an equal share (Cox and Lewis 1966, section 8), so the cost does not grow with n.
 */
final class PoissonFaults implements CauseFaults {

    private final FaultDraws draws;
    private final int components;
    private final ContinuousSampler gaps;
    private double nextSeconds;

    PoissonFaults(FaultCause cause, ClusterShape cluster, RandomStreams streams) {
        draws = new FaultDraws(cause, cluster, streams);
        components = cause.scope().components(cluster);
        gaps = new Exponential(1 / cause.ratePerSecond(cluster)).sampler(streams.stream(cause.name() + "/gap"));
        nextSeconds = gaps.sample();
    }

    @Override
    public long nextNanos() {
        return FaultDraws.nanos(nextSeconds);
    }

    @Override
    public Fault take() {
        Fault fault = draws.fault(nextNanos(), draws.component(components));
        nextSeconds += gaps.sample();
        return fault;
    }
}
