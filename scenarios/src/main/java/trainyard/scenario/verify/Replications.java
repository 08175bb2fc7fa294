package trainyard.scenario.verify;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;

/** Replicates until a mean is known well enough. */
public final class Replications {

    private static final int LEAST = 200;
    private static final int MOST = 1_000_000;

    /** After so many it is looked at whether something is too rare to be simulated. */
    private static final int FIRST_LOOK = 20_000;

    private static final double RARE = 0.01;

    /** A little below the 1 % that rows ask for. */
    private static final double RELATIVE_STANDARD_ERROR = 0.008;

    private final long seed;

    /**
     * @param seed of all replications
     */
    public Replications(long seed) {
        this.seed = seed;
    }

    /**
     * The mean of an observation.
     *
     * @return absent where so many replications do not bring the standard error near a hundredth of the mean
     */
    public Optional<SimulatedMean> mean(ToDoubleFunction<RandomStreams> observe) {
        return ratio(observe, streams -> 1);
    }

    /**
     * The mean of one observation over the mean of another of the same replication, with the standard error of the delta
     * method.
     */
    public Optional<SimulatedMean> ratio(ToDoubleFunction<RandomStreams> observe, ToDoubleFunction<RandomStreams> over) {
        return ratio(streams -> new Observed(observe.applyAsDouble(streams), over.applyAsDouble(streams)));
    }

    /**
     * What one replication shows.
     *
     * @param value what is counted
     * @param over what it is counted over
     */
    public record Observed(double value, double over) {}

    /** The same where one replication gives both. */
    public Optional<SimulatedMean> ratio(Function<RandomStreams, Observed> observe) {
        Tally top = new Tally();
        Tally bottom = new Tally();
        Tally product = new Tally();
        for (int i = 0; i < MOST; i++) {
            Observed observed = observe.apply(new RandomStreams(seed, i));
            double a = observed.value();
            double b = observed.over();
            top.add(a);
            bottom.add(b);
            product.add(a * b);
            if (i + 1 == FIRST_LOOK && isRare(top)) {
                return Optional.empty();
            }
            if ((i + 1) % LEAST == 0) {
                SimulatedMean mean = estimate(top, bottom, product);
                if (mean.standardError() <= RELATIVE_STANDARD_ERROR * Math.abs(mean.mean())
                        && mean.standardError() > 0) {
                    return Optional.of(mean);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether it is a share of replications and a small one. */
    private static boolean isRare(Tally top) {
        return top.max() <= 1 && top.min() == 0 && top.mean() < RARE;
    }

    private SimulatedMean estimate(Tally top, Tally bottom, Tally product) {
        double ratio = top.mean() / bottom.mean();
        double bottomVariance = bottom.count() < 2 ? 0 : bottom.variance();
        double covariance = product.mean() - top.mean() * bottom.mean();
        double variance = top.variance() - 2 * ratio * covariance + ratio * ratio * bottomVariance;
        return new SimulatedMean(ratio, Math.sqrt(Math.max(0, variance) / top.count()) / Math.abs(bottom.mean()), seed);
    }
}
