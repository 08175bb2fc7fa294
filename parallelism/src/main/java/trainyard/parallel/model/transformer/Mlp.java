package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/** What a block computes for each token alone. */
public sealed interface Mlp permits DenseMlp, MixtureOfExperts {

    /** Parameters that one rank holds. */
    ParameterCount parametersPerRank(int hidden, Split split, Biases biases);

    /** Parameters of a whole block that a given token does not meet. */
    double idleParameters(int hidden, Biases biases);

    /** Whether tensor ranks split it, so that tokens are gathered before it and partial results summed after it. */
    boolean splitByTensorRanks();

    /** Adds its operators, without the exchanges at the ends of a tensor-split region. */
    void addOperators(int hidden, Biases biases, Shard shard, List<Operator> out);

    /** A bias that is added inside its product, or by what reads its result; the gradient is that of the output, summed over tokens. */
    static Operator biasGradient(String name, double outputBytes) {
        return new Operator.Streaming(name, 0, outputBytes, 0, 1, false, 0);
    }
}
