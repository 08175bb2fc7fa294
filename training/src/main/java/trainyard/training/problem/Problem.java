package trainyard.training.problem;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * An objective to be minimised, and its stochastic gradients at any parameters, also at old ones. It knows no time and no
 * update rule. A problem belongs to one seed and replication, keeps no state between calls, and serves one thread.
 *
 * <p>Same parameters and batch give the same gradient, whenever and in whatever order it is asked for.
 */
public interface Problem {

    /** The parts of the parameters, in their order and without gaps. */
    List<ParameterBlock> blocks();

    /** Number of parameters. */
    default int parameters() {
        List<ParameterBlock> blocks = blocks();
        return blocks.get(blocks.size() - 1).end();
    }

    /** Where training starts; a new array. */
    double[] start();

    /**
     * The gradient of the mean loss of a batch.
     *
     * @param parameters where; not changed
     * @param batch which examples
     * @param gradient is overwritten, as long as the parameters
     */
    void gradient(double[] parameters, Batch batch, double[] gradient);

    /**
     * The gradient of the loss that curves show, whoever has the examples and without the randomness of batches.
     *
     * @param parameters where; not changed
     * @param mostExamples where there are more, so many of them, spread evenly over all, stand for them
     * @param gradient is overwritten, as long as the parameters
     */
    void lossGradient(double[] parameters, int mostExamples, double[] gradient);

    /**
     * The loss that curves show, without the randomness of batches: the mean over all training examples, or its
     * expectation. Not a number or infinite where training diverged.
     */
    double loss(double[] parameters);

    /** Share of held-out examples that are classified right, in [0, 1]; empty where nothing is classified. */
    default OptionalDouble accuracy(double[] parameters) {
        return OptionalDouble.empty();
    }

    /** Examples of one pass over the training data; empty where examples are drawn without end. */
    default OptionalLong epoch() {
        return OptionalLong.empty();
    }

    /** The least loss that there is, where it is known exactly. */
    default OptionalDouble leastLoss() {
        return OptionalDouble.empty();
    }
}
