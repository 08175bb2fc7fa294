package trainyard.parallel.model;

import trainyard.sim.checks.Checks;

/**
 * Into how many parts ranks divide the work and the weights of one layer. Pipeline and data parallelism do not appear:
 * they give whole layers and whole micro-batches to a rank.
 *
 * @param tensor ranks that split each matrix product (Shoeybi et al. 2019)
 * @param sequenceParallel whether the tensor ranks also split the sequence outside the matrix products (Korthikanti et
 *     al. 2022, section 4.2.2)
 * @param context ranks that split the sequence everywhere (ring attention: Liu et al. 2023; Ulysses: Jacobs et al. 2023)
 * @param expert ranks that each hold a share of the experts of a layer (GShard: Lepikhin et al. 2020)
 * @param expertTensor ranks that split the products of each expert; the same ranks as {@code tensor} or 1
 */
public record Split(int tensor, boolean sequenceParallel, int context, int expert, int expertTensor) {

    /** One rank does everything. */
    public static final Split NONE = new Split(1, false, 1, 1, 1);

    public Split {
        Checks.atLeast("tensor", tensor, 1);
        Checks.atLeast("context", context, 1);
        Checks.atLeast("expert", expert, 1);
        Checks.atLeast("expert tensor", expertTensor, 1);
        if (expertTensor != 1 && expertTensor != tensor) {
            throw new IllegalArgumentException(
                    "expert tensor " + expertTensor + " must be 1 or equal to tensor " + tensor);
        }
    }

    /** Tensor parallelism alone; experts are split like every other product. */
    public static Split tensor(int tensor, boolean sequenceParallel) {
        return new Split(tensor, sequenceParallel, 1, 1, tensor);
    }
}
