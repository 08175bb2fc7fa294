package trainyard.faults.cause;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.RandomStreams;

/**
 * Faults of components that are new at time 0 and as new again after each of their own faults, and only after those, or
 * nearly so where they wear.
 *
 * <p>The first faults of n equal components are drawn in their order, one at a time: of the survivors of probability q,
 * the next one of k fails at the survival q u^(1/k), with u uniform (order statistics of uniforms, Devroye 1986, chapter
 * V.2). Only components that have failed once are kept one by one, so the cost grows with the faults, not with n. Which
 * component fails next is one of those that have not failed, drawn by a shuffle that remembers moved cards only.
 */
final class RenewalFaults implements CauseFaults {

    private final FaultDraws draws;
    private final Population population;
    private final Optional<Wear> wear;
    private final ContinuousSampler gaps;
    private final FirstFaults first;
    private final PriorityQueue<Renewed> renewed =
            new PriorityQueue<>(Comparator.comparingDouble(Renewed::seconds).thenComparingInt(Renewed::place));

    /** A component that has failed {@code faults} times and fails next at {@code seconds}. */
    private record Renewed(double seconds, int place, int faults) {}

    /**
     * @param law time from one fault of a component to its next
     * @param process name of the process, a prefix of its streams
     */
    RenewalFaults(
            FaultDraws draws,
            Population population,
            Distribution law,
            Optional<Wear> wear,
            RandomStreams streams,
            String process) {
        this.draws = draws;
        this.population = population;
        this.wear = wear;
        gaps = law.sampler(streams.stream(process + "/gap"));
        first = new FirstFaults(law, population.size(), streams.stream(process + "/first"));
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
        Renewed struck = again ? renewed.remove() : new Renewed(seconds, first.take(), 0);
        int faults = struck.faults + 1;
        double gap = gaps.sample() * wear.map(worn -> worn.share(faults)).orElse(1.0);
        renewed.add(new Renewed(seconds + gap, struck.place, faults));
        return draws.fault(FaultDraws.nanos(seconds), population.component().applyAsInt(struck.place));
    }
}
