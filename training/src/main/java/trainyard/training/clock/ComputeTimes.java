package trainyard.training.clock;

import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;

/**
 * The times that a law draws for workers. Each worker draws from streams of its own, so the j-th time of a worker is the same
 * under every update rule; only whether it falls into a slow spell follows from when it starts.
 */
public final class ComputeTimes implements Slowness {
    private final ComputeLaw law;
    private final ContinuousSampler[] seconds;
    private final Spell[] spells;
    private final long[] drawn;

    public ComputeTimes(ComputeLaw law, int workers, RandomStreams streams) {
        this.law = law;
        seconds = IntStream.range(0, workers)
                .mapToObj(worker -> law.seconds().sampler(streams.stream("compute-time", worker)))
                .toArray(ContinuousSampler[]::new);
        drawn = new long[workers];
        spells = law.spells().stream()
                .flatMap(slow -> IntStream.range(0, workers)
                        .mapToObj(worker -> new Spell(slow, streams.stream("slow-spell", worker))))
                .toArray(Spell[]::new);
    }

    /** How late a worker starts its first gradient, in seconds. */
    public double startSeconds(int worker) {
        return law.stagger() ? law.seconds().mean() * worker / seconds.length : 0;
    }

    /**
     * Draws the time of a worker's next gradient.
     *
     * @param nowSeconds when it starts; not before the last one of this worker
     */
    public double next(int worker, double nowSeconds) {
        drawn[worker]++;
        double time = seconds[worker].sample() * law.factor(worker) * core(worker);
        return spells.length == 0 ? time : time * spells[worker].factor(nowSeconds);
    }

    /** As of the worker's last gradient; 1 where no speeds were recorded. */
    @Override
    public double core(int worker) {
        return law.cores()
                .map(cores -> cores.computingFactor(worker, last(worker)))
                .orElse(1.0);
    }

    /** As of the worker's last gradient; 1 where no speeds were recorded. */
    @Override
    public double ring(int worker) {
        return law.cores().map(cores -> cores.ringFactor(worker, last(worker))).orElse(1.0);
    }

    private long last(int worker) {
        return Math.max(0, drawn[worker] - 1);
    }

    /** The spells of one worker, as far as they have been looked at. */
    private static final class Spell {
        private final double slowFactor;
        private final ContinuousSampler usual;
        private final ContinuousSampler slow;
        private boolean isSlow;
        private double endSeconds;

        Spell(ComputeLaw.SlowSpells spells, UniformRandomProvider random) {
            slowFactor = spells.factor();
            usual = new Exponential(spells.usualSeconds()).sampler(random);
            slow = new Exponential(spells.slowSeconds()).sampler(random);
            double slowShare = spells.slowSeconds() / (spells.slowSeconds() + spells.usualSeconds());
            isSlow = random.nextDouble() < slowShare;
            endSeconds = (isSlow ? slow : usual).sample();
        }

        double factor(double nowSeconds) {
            while (endSeconds <= nowSeconds) {
                isSlow = !isSlow;
                endSeconds += (isSlow ? slow : usual).sample();
            }
            return isSlow ? slowFactor : 1;
        }
    }
}
