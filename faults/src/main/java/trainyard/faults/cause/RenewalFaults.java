package trainyard.faults.cause;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.random.RandomStreams;

/**
 * Faults of components that are new at time 0 and as new again after each of their own faults, and only after those.
 *
 * <p>The first faults of n equal components are drawn in their order, one at a time: of the survivors of probability q,
 * the next one of k fails at the survival q u^(1/k), with u uniform (order statistics of uniforms, Devroye 1986, chapter
 * V.2). Only components that have failed once are kept one by one, so the cost grows with the faults, not with n. Which
 * component fails next is one of those that have not failed, drawn by a shuffle that remembers moved cards only.
 */
final class RenewalFaults implements CauseFaults {

    private final FaultDraws draws;
    private final UniformRandomProvider order;
    private final ContinuousSampler gaps;
    private final FirstFaults first;
    private final PriorityQueue<Renewed> renewed =
            new PriorityQueue<>(Comparator.comparingDouble(Renewed::seconds).thenComparingInt(Renewed::component));

    private record Renewed(double seconds, int component) {}

    RenewalFaults(FaultCause cause, ClusterShape cluster, RandomStreams streams) {
        draws = new FaultDraws(cause, cluster, streams);
        order = streams.stream(cause.name() + "/first");
        gaps = cause.secondsBetween().sampler(streams.stream(cause.name() + "/gap"));
        first = new FirstFaults(cause.secondsBetween(), cause.scope().components(cluster), order);
    }

    @Override
    public long nextNanos() {
        return FaultDraws.nanos(nextSeconds());
    }

    private double nextSeconds() {
        return renewed.isEmpty()
                ? first.nextSeconds()
                : Math.min(first.nextSeconds(), renewed.peek().seconds());
    }

    @Override
    public Fault take() {
        double seconds = nextSeconds();
        boolean again = !renewed.isEmpty() && renewed.peek().seconds() == seconds;
        int component = again ? renewed.remove().component() : first.take();
        renewed.add(new Renewed(seconds + gaps.sample(), component));
        return draws.fault(FaultDraws.nanos(seconds), component);
    }
}
