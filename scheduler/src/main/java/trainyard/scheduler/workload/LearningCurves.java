package trainyard.scheduler.workload;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.sim.random.RandomStreams;

/**
 * Trials whose loss falls by a power law: {@code score = -(loss + gap x (rung + 1)^-1)}, where the final loss and the gap of
 * each trial are the absolute values of normal draws. Noise makes early rungs mislead. All constants are <em>assumed</em>; what
 * they decide is how often a trial that is best in the end is stopped early.
 *
 * @param streams the same streams, the same trials
 * @param sweep name of the sweep
 * @param noise standard deviation of what a rung shows beside the truth, in those of the final loss; 0 or more
 */
public record LearningCurves(RandomStreams streams, String sweep, double noise) implements TrialScores {

    @Override
    public double score(int trial, int rung) {
        UniformRandomProvider random = streams.stream("trial/" + sweep, trial);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double loss = Math.abs(normal.sample());
        double gap = Math.abs(normal.sample());
        double error = 0;
        for (int i = 0; i <= rung; i++) {
            error = normal.sample();
        }
        return -(loss + gap / (rung + 1) + noise * error / (rung + 1));
    }
}
