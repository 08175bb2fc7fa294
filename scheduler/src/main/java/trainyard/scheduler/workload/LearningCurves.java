package trainyard.scheduler.workload;

import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

/**
 * How the trials of a sweep learn: each begins with a normal offset and with a loss above its floor by the absolute value of a normal draw;
 * see {@link Learner}. What a rung shows of the loss has an error, so that rungs mislead. All of it is <em>assumed</em>; what it decides is how
 * often a trial that is best in the end is stopped early.
 *
 * @param streams the same streams, the same trials
 * @param sweep name of the sweep
 * @param halfSeconds training after which a loss of one above its floor has halved, above 0
 * @param noise standard deviation of the error of a loss that is shown, 0 or more
 */
public record LearningCurves(RandomStreams streams, String sweep, double halfSeconds, double noise) {

    public LearningCurves {
        Objects.requireNonNull(streams, "streams");
        Objects.requireNonNull(sweep, "sweep");
        if (!(halfSeconds > 0) || !(noise >= 0)) {
            throw new IllegalArgumentException(
                    "a time is above 0 and a deviation at least 0, got " + halfSeconds + " s and " + noise);
        }
    }

    /** A trial before it is trained. */
    public Learner begin(int trial) {
        var normal = normal(streams.stream("trial/" + sweep, trial));
        double offset = normal.sample();
        return new Learner(offset, Math.abs(offset) + Math.abs(normal.sample()));
    }

    private static ZigguratSampler.NormalizedGaussian normal(UniformRandomProvider random) {
        return ZigguratSampler.NormalizedGaussian.of(random);
    }

    Learner trained(Learner learner, long nanos) {
        return learner.trained(SimTime.seconds(nanos), halfSeconds);
    }

    /** A trial that keeps its hyper-parameter after training for so long. */
    Learner after(int trial, long nanos) {
        return trained(begin(trial), nanos);
    }

    /** The loss that a learner shows at a stage of a trial. */
    double shown(Learner learner, int trial, int stage) {
        if (noise == 0) {
            return learner.loss();
        }
        var error = normal(streams.stream("shown/" + sweep + "/" + stage, trial));
        return learner.loss() + noise * error.sample();
    }

    /** The same question always gives the same numbers; for choices of a trial at a stage. */
    UniformRandomProvider choices(int trial, int stage) {
        return streams.stream("explore/" + sweep + "/" + stage, trial);
    }
}
