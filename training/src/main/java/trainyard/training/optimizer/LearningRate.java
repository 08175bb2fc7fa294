package trainyard.training.optimizer;

/**
 * A learning rate that follows the examples that all workers together have trained with, so that one schedule means the same
 * under every update rule.
 *
 * @param base the greatest rate, behind the warm-up, positive
 * @param warmUpExamples W, over which it grows from 0 in a line; 0: no warm-up
 * @param schedule what becomes of it behind the warm-up
 */
public record LearningRate(double base, double warmUpExamples, RateSchedule schedule) {

    public LearningRate {
        if (!(base > 0) || !(warmUpExamples >= 0)) {
            throw new IllegalArgumentException("a learning rate (" + base + ") must be positive and its warm-up ("
                    + warmUpExamples + " examples) 0 or more");
        }
        if (schedule instanceof RateSchedule.InverseSquareRoot && warmUpExamples == 0) {
            throw new IllegalArgumentException("one over the root of the examples has no scale without a warm-up");
        }
        if (schedule instanceof RateSchedule.Cosine cosine && cosine.endExamples() <= warmUpExamples) {
            throw new IllegalArgumentException("a cosine that ends at " + cosine.endExamples()
                    + " examples is over with the warm-up of " + warmUpExamples);
        }
    }

    public static LearningRate constant(double base) {
        return new LearningRate(base, 0, RateSchedule.CONSTANT);
    }

    /** Whether it is one rate all along. */
    public boolean isConstant() {
        return warmUpExamples == 0 && schedule instanceof RateSchedule.Constant;
    }

    /** The rate after a number of examples. */
    public double at(double examples) {
        return examples < warmUpExamples
                ? base * examples / warmUpExamples
                : base * schedule.factor(examples, warmUpExamples);
    }

    /** The same schedule with another base. */
    public LearningRate withBase(double other) {
        return new LearningRate(other, warmUpExamples, schedule);
    }
}
