package trainyard.scenario.verify;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;

/**
 * Replicates until a mean is known well enough. But for {@link #meanOfFew}, what observes replications is asked for several at
 * once, and keeps nothing from one to the next.
 */
public final class Replications {

    /** Replications from one look at the standard error to the next; {@link #FIRST_LOOK} is a multiple. */
    private static final int BATCH = 200;

    private static final int MOST = 1_000_000;

    /** After so many it is looked at whether something is too rare to be simulated. */
    private static final int FIRST_LOOK = 20_000;

    private static final double RARE = 0.01;

    /** After that part of the most replications, a standard error so far from what all would bring it to ends them. */
    private static final int PREVIEW = 10;

    private static final double HOPELESS = 1.3;

    /** Looks at the standard error of what is replicated a few times. */
    private static final int MOST_LOOKS = 20;

    /** A little below the 1 % that rows ask for. */
    private static final double RELATIVE_STANDARD_ERROR = 0.008;

    /** The same of what takes long. */
    private static final double RELATIVE_STANDARD_ERROR_IF_COSTLY = 0.0095;

    /** A share near 1 is known once what is missing from it is known to a third. */
    private static final double RELATIVE_STANDARD_ERROR_OF_THE_REST = 1.0 / 3;

    private final long seed;

    /**
     * @param seed of all replications
     */
    public Replications(long seed) {
        this.seed = seed;
    }

    /**
     * What one replication shows.
     *
     * @param value what is counted
     * @param over what it is counted over
     */
    public record Observed(double value, double over) {}

    /** What chance does not touch. */
    public Optional<SimulatedMean> certain(double value) {
        return Optional.of(new SimulatedMean(value, 0, seed));
    }

    /** The streams of the only replication of something that chance does not touch. */
    public RandomStreams one() {
        return new RandomStreams(seed, 0);
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
     * The mean of an observation, which may be negative.
     *
     * @param most replications at most; given up after a part of them where the rest would not do
     */
    public Optional<SimulatedMean> mean(int most, ToDoubleFunction<RandomStreams> observe) {
        return power(1, most, streams -> new Observed(observe.applyAsDouble(streams), 1));
    }

    /**
     * The mean of an observation that takes long and hardly varies; one after the other, which may keep what they compute.
     *
     * @param replications of a first look; up to {@value #MOST_LOOKS} times as many where they are not enough
     */
    public Optional<SimulatedMean> meanOfFew(int replications, ToDoubleFunction<RandomStreams> observe) {
        Sums sums = new Sums();
        for (int i = 0; i < MOST_LOOKS * replications; i++) {
            sums.add(new Observed(observe.applyAsDouble(new RandomStreams(seed, i)), 1));
            boolean looks = (i + 1) % replications == 0;
            if (looks && sums.standardError() <= RELATIVE_STANDARD_ERROR_IF_COSTLY * Math.abs(sums.mean())) {
                return Optional.of(new SimulatedMean(sums.mean(), sums.standardError(), seed));
            }
        }
        return Optional.empty();
    }

    /**
     * The mean of one observation over the mean of another of the same replication, with the standard error of the delta
     * method.
     */
    public Optional<SimulatedMean> ratio(
            ToDoubleFunction<RandomStreams> observe, ToDoubleFunction<RandomStreams> over) {
        return ratio(streams -> new Observed(observe.applyAsDouble(streams), over.applyAsDouble(streams)));
    }

    /** The same where one replication gives both. */
    public Optional<SimulatedMean> ratio(Function<RandomStreams, Observed> observe) {
        return power(1, MOST, RELATIVE_STANDARD_ERROR, observe);
    }

    /**
     * A power of such a ratio: what holds for many parts, alike and independent of each other, from the share of parts for
     * which it holds.
     *
     * @param exponent how many parts, at least 1
     * @param most replications at most
     */
    public Optional<SimulatedMean> power(double exponent, int most, Function<RandomStreams, Observed> observe) {
        return power(exponent, most, RELATIVE_STANDARD_ERROR_IF_COSTLY, observe);
    }

    private Optional<SimulatedMean> power(
            double exponent, int most, double enough, Function<RandomStreams, Observed> observe) {
        Sums sums = new Sums();
        for (int done = 0; done < most; ) {
            int batch = Math.min(BATCH, most - done);
            observations(done, batch, observe).forEach(sums::add);
            done += batch;
            if (done == FIRST_LOOK && sums.isRare()) {
                return Optional.empty();
            }
            if (batch == BATCH && sums.mean() != 0) {
                double relative = exponent * sums.standardError() / Math.abs(sums.mean());
                if (done >= most / PREVIEW && relative > HOPELESS * enough * Math.sqrt(PREVIEW)) {
                    return Optional.empty();
                }
                if (relative > 0 && relative <= enough) {
                    double value = Math.pow(sums.mean(), exponent);
                    return Optional.of(new SimulatedMean(value, relative * Math.abs(value), seed));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A share, in time or of cases, of which what is missing from 1 is to be seen as well: to a third. Where nothing is
     * missing in all replications it may still be one replication's worth, which then is the standard error.
     *
     * @param most replications at most
     */
    public Optional<SimulatedMean> share(int most, Function<RandomStreams, Observed> observe) {
        Sums sums = new Sums();
        for (int done = 0; done < most; ) {
            int batch = Math.min(BATCH, most - done);
            observations(done, batch, observe).forEach(sums::add);
            done += batch;
            if (done == Math.min(most, FIRST_LOOK) && sums.isRare()) {
                return Optional.empty();
            }
            if (batch == BATCH && isKnown(sums)) {
                return Optional.of(new SimulatedMean(sums.mean(), sums.standardError(), seed));
            }
        }
        double error = Math.max(sums.standardError(), 1.0 / most);
        return error <= RELATIVE_STANDARD_ERROR_IF_COSTLY * sums.mean()
                ? Optional.of(new SimulatedMean(sums.mean(), error, seed))
                : Optional.empty();
    }

    /** What replications show, in their order: side by side, since none knows of another. */
    private Stream<Observed> observations(int first, int count, Function<RandomStreams, Observed> observe) {
        return IntStream.range(first, first + count)
                .parallel()
                .mapToObj(i -> observe.apply(new RandomStreams(seed, i)))
                .toList()
                .stream();
    }

    private static boolean isKnown(Sums sums) {
        double error = sums.standardError();
        return error > 0
                && error <= RELATIVE_STANDARD_ERROR_IF_COSTLY * sums.mean()
                && error <= RELATIVE_STANDARD_ERROR_OF_THE_REST * (1 - sums.mean());
    }

    /** A ratio of means over replications. */
    private static final class Sums {

        private final Tally top = new Tally();
        private final Tally bottom = new Tally();
        private final Tally product = new Tally();

        void add(Observed observed) {
            top.add(observed.value());
            bottom.add(observed.over());
            product.add(observed.value() * observed.over());
        }

        double mean() {
            return top.mean() / bottom.mean();
        }

        /** Whether it is a share of replications and a small one. */
        boolean isRare() {
            return top.max() <= 1 && top.min() == 0 && top.mean() < RARE;
        }

        double standardError() {
            double ratio = mean();
            double bottomVariance = bottom.count() < 2 ? 0 : bottom.variance();
            double covariance = product.mean() - top.mean() * bottom.mean();
            double variance = top.variance() - 2 * ratio * covariance + ratio * ratio * bottomVariance;
            return Math.sqrt(Math.max(0, variance) / top.count()) / Math.abs(bottom.mean());
        }
    }
}
