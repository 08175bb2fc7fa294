package trainyard.training.optimizer;

import java.util.List;

/**
 * A learning rate that follows the examples that all workers together have trained with, so that one schedule means the same
 * under every update rule.
 *
 * @param base the rate after warm-up and before the first drop, positive
 * @param warmUpExamples over which it grows from 0 in a line; 0: no warm-up
 * @param drops examples at which it is multiplied by {@code dropFactor}, growing
 * @param dropFactor in (0, 1]
 */
public record LearningRate(double base, double warmUpExamples, List<Double> drops, double dropFactor) {

    public LearningRate {
        drops = List.copyOf(drops);
        if (!(base > 0) || !(warmUpExamples >= 0) || !(dropFactor > 0 && dropFactor <= 1)) {
            throw new IllegalArgumentException("no learning rate " + base + " with warm-up of " + warmUpExamples
                    + " examples and drops by " + dropFactor);
        }
    }

    public static LearningRate constant(double base) {
        return new LearningRate(base, 0, List.of(), 1);
    }

    /** The rate after a number of examples. */
    public double at(double examples) {
        double rate = examples < warmUpExamples ? base * examples / warmUpExamples : base;
        for (double drop : drops) {
            rate *= examples >= drop ? dropFactor : 1;
        }
        return rate;
    }

    /** The same schedule with another base. */
    public LearningRate withBase(double other) {
        return new LearningRate(other, warmUpExamples, drops, dropFactor);
    }
}
