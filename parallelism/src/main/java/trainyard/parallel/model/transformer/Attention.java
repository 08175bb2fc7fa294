package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/** How a token gathers from the others of its sequence: projections, attention core, output projection. */
public sealed interface Attention permits GroupedQueryAttention, LatentAttention {

    /** Heads of the queries. */
    int heads();

    /** Parameters of the projections that one rank holds, norms inside the attention included. */
    ParameterCount parametersPerRank(int hidden, Split split, Biases biases);

    /**
     * Adds the operators between the block's norm and the sum over the tensor ranks.
     *
     * @param hidden width of the residual stream
     * @param encoding how positions enter
     * @param style what the blocks have in common
     */
    void addOperators(int hidden, PositionEncoding encoding, Style style, Shard shard, List<Operator> out);
}
