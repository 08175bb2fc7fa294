package trainyard.parallel.model.adapter;

import java.util.List;
import java.util.Optional;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Operator.MatrixMultiply;
import trainyard.parallel.model.Operator.Streaming;
import trainyard.parallel.model.Operator.TensorCollective;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.collective.Collective;

/**
 * A frozen product with its adapter on one rank, as Megatron-Bridge splits it (peft/utils.py, ParallelLinearAdapter). Beside
 * a product whose width tensor ranks split, both matrices are split by width, and what the first yields is gathered.
 * Beside one whose depth they split, the first is split by depth and its results are summed, the second by width and its
 * results are gathered. The matrices stay in the storage format whatever the recipe.
 *
 * @param base the product that the adapter is added to, with the sizes of this rank
 * @param rank rank of the adapter
 * @param tensorRanks ranks that split the product
 * @param splitByRows whether they split its depth
 */
record AdaptedProduct(MatrixMultiply base, int rank, int tensorRanks, boolean splitByRows) {

    static AdaptedProduct of(MatrixMultiply base, AdapterModule module, int rank, Split split) {
        return new AdaptedProduct(base, rank, AdapterModule.ranks(base.name(), split), module.splitByRows());
    }

    /** Width of the first matrix on this rank. */
    private double downWidth() {
        return splitByRows ? rank : (double) rank / tensorRanks;
    }

    /** Width of the second matrix on this rank. */
    private double upWidth() {
        return splitByRows ? base.n() / tensorRanks : base.n();
    }

    /** Trained parameters of this rank. */
    double parameters() {
        return base.batch() * (base.k() * downWidth() + rank * upWidth());
    }

    void addOperators(Shard shard, List<Operator> out) {
        double p = shard.precision().bytes() * base.batch();
        double input = p * base.m() * base.k();
        String name = base.name() + " adapter";
        out.add(base.withFrozenWeight());
        // The input feeds two products, whose gradients are added.
        out.add(new Streaming(name + " input", 0, 3 * input, 0, 1, false, 0));
        boolean keptElsewhere = base.savedBytes() == 0;
        out.add(product(name + " down", downWidth(), base.k(), keptElsewhere ? 0 : input));
        out.add(product(name + " up", upWidth(), rank, p * base.m() * rank));
        if (tensorRanks > 1) {
            addExchanges(name, p * base.m(), shard.split().sequenceParallel(), out);
        }
        double result = p * base.m() * base.n() / (splitByRows && shard.split().sequenceParallel() ? tensorRanks : 1);
        // Scaled, then added to the frozen product's result; backward only the scaling is a kernel.
        out.add(new Streaming(name + " add", 5 * result, 2 * result, 2, 1, false, 0));
    }

    private MatrixMultiply product(String name, double width, double depth, double savedBytes) {
        return new MatrixMultiply(name, base.batch(), base.m(), width, depth, true, false, savedBytes).unquantised();
    }

    /** They come after both products here, so that neither hides them. */
    private void addExchanges(String name, double bytesPerColumn, boolean sequenceParallel, List<Operator> out) {
        Optional<Collective> sum = Optional.of(Collective.ALL_REDUCE);
        Optional<Collective> gather = Optional.of(Collective.ALL_GATHER);
        double narrow = bytesPerColumn * rank;
        if (!splitByRows) {
            out.add(new TensorCollective(name + " gather", gather, sum, narrow));
            return;
        }
        out.add(new TensorCollective(name + " sum", sum, sum, narrow));
        double wide = bytesPerColumn * base.n();
        // With sequence parallelism a rank keeps its tokens of the gathered result, whose gradient is gathered again.
        out.add(new TensorCollective(name + " gather", gather, sequenceParallel ? gather : Optional.empty(), wide));
    }
}
