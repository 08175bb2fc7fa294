package trainyard.training.clock;

import java.util.Map;
import java.util.Optional;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;

/**
 * How long workers compute one gradient.
 *
 * @param seconds time of one gradient of a worker as fast as most
 * @param slower factor by which the worker of an index takes longer all the time, such as 2; workers not named take 1
 * @param spells spells in which a worker is slow for a while; empty: there are none
 * @param stagger whether worker i of P starts i/P of a mean time late, so that equal workers do not finish together
 * @param cores how fast the core of each worker was in a run that took place; empty: as fast as the law says
 */
public record ComputeLaw(
        Distribution seconds,
        Map<Integer, Double> slower,
        Optional<SlowSpells> spells,
        boolean stagger,
        Optional<CoreSpeeds> cores) {

    /**
     * Slow and usual spells that follow each other, each exponential and of a worker's own (a two-state Markov process).
     *
     * @param usualSeconds mean length of a usual spell
     * @param slowSeconds mean length of a slow one
     * @param factor by which a gradient takes longer that starts within a slow spell
     */
    public record SlowSpells(double usualSeconds, double slowSeconds, double factor) {
        public SlowSpells {
            if (!(usualSeconds > 0 && slowSeconds > 0 && factor > 0)) {
                throw new IllegalArgumentException("slow spells need positive lengths and a positive factor");
            }
        }
    }

    public ComputeLaw {
        slower = Map.copyOf(slower);
        if (slower.values().stream().anyMatch(factor -> !(factor > 0))) {
            throw new IllegalArgumentException("a factor of slow workers must be positive: " + slower);
        }
    }

    /** Workers on cores that are as fast as the law says. */
    public ComputeLaw(Distribution seconds, Map<Integer, Double> slower, Optional<SlowSpells> spells, boolean stagger) {
        this(seconds, slower, spells, stagger, Optional.empty());
    }

    /** Equal workers whose times vary by a law. */
    public static ComputeLaw of(Distribution seconds) {
        return new ComputeLaw(seconds, Map.of(), Optional.empty(), false);
    }

    /** Equal workers that always take the same time, one after the other. */
    public static ComputeLaw fixed(double seconds) {
        return new ComputeLaw(new Fixed(seconds), Map.of(), Optional.empty(), true);
    }

    /** The same with workers that are slower all the time. */
    public ComputeLaw withSlower(Map<Integer, Double> factors) {
        return new ComputeLaw(seconds, factors, spells, stagger, cores);
    }

    /** The same on cores that were so fast, gradient by gradient, which is also how the times vary. */
    public ComputeLaw withCores(CoreSpeeds speeds) {
        return new ComputeLaw(new Fixed(seconds.mean()), slower, spells, stagger, Optional.of(speeds));
    }

    /** The factor of a worker, 1 where it is as fast as most. */
    public double factor(int worker) {
        return slower.getOrDefault(worker, 1.0);
    }
}
