package trainyard.training.rule;

import trainyard.training.gradient.GradientPath;
import trainyard.training.optimizer.LearningRate;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.Sgd;
import trainyard.training.optimizer.StalenessPolicy;

/**
 * How gradients are taken and change parameters, the same under every rule.
 *
 * @param batch examples of one gradient of one worker, 1 or more
 * @param optimizer of the parameters that gradients change: the shared ones, or each replica's own
 * @param rate learning rate
 * @param staleness how much less late gradients count
 * @param gradients what happens to each gradient before it changes parameters
 */
public record Recipe(
        int batch, Optimizer optimizer, LearningRate rate, StalenessPolicy staleness, GradientPath gradients) {

    public Recipe {
        if (batch < 1) {
            throw new IllegalArgumentException("a gradient of " + batch + " examples; 1 or more are needed");
        }
    }

    /** Plain steps of a constant rate, by gradients that count as they are. */
    public static Recipe plain(int batch, double rate) {
        return new Recipe(
                batch, Sgd.PLAIN, LearningRate.constant(rate), new StalenessPolicy.Ignore(), GradientPath.PLAIN);
    }

    /** The same with another learning rate. */
    public Recipe withRate(LearningRate other) {
        return new Recipe(batch, optimizer, other, staleness, gradients);
    }

    /** The same with another way of gradients. */
    public Recipe withGradients(GradientPath other) {
        return new Recipe(batch, optimizer, rate, staleness, other);
    }
}
