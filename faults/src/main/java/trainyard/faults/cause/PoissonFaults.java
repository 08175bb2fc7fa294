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
    private final Population population;
    private final ContinuousSampler gaps;
    private double nextSeconds;

    /**
     * @param population at least one component
     * @param meanSeconds mean time between faults of one component
     * @param process name of the process, a prefix of its streams
     */
    PoissonFaults(FaultDraws draws, Population population, double meanSeconds, RandomStreams streams, String process) {
        this.draws = draws;
        this.population = population;
        gaps = new Exponential(meanSeconds / population.size()).sampler(streams.stream(process + "/gap"));
        nextSeconds = gaps.sample();
    }

    @Override
    public long nextNanos() {
        return FaultDraws.nanos(nextSeconds);
    }

    @Override
    public Fault take() {
        int component = population.component().applyAsInt(draws.component(population.size()));
        Fault fault = draws.fault(nextNanos(), component);
        nextSeconds += gaps.sample();
        return fault;
    }
}
