package trainyard.parallel.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import trainyard.sim.hardware.Precision;

/** A network to train: layers in the order of the forward pass. A pipeline may cut before every block. */
public interface Model {

    String name();

    List<Layer> layers();

    /** Parameters that first and last layer share, 0 where nothing is tied. */
    double tiedParameters();

    /** Attention heads, which tensor ranks share out evenly; 1 where tensor ranks cannot split the model. */
    int heads();

    /**
     * Expert-parallel ranks at most, whose divisors share out the routed experts of every layer evenly: the experts of a layer
     * where all have as many; 1 in a dense model.
     */
    default int experts() {
        return 1;
    }

    /**
     * Tokens of a sample where the model itself says how many, whatever the batch does: the patches of an image, 1 of an image
     * that is not cut into tokens. Empty where the batch says how long its sequences are.
     */
    default OptionalInt ownSequence() {
        return OptionalInt.empty();
    }

    /** Parameters of the whole model; tied weights count once. */
    default double parameters() {
        double sum = layers().stream()
                .mapToDouble(layer -> layer.parametersPerRank(Split.NONE).total())
                .sum();
        return sum - tiedParameters();
    }

    /** Those of them that are trained. */
    default double trainedParameters() {
        return parameters();
    }

    /** Whether so many tensor ranks can share out every product. */
    default boolean dividesInto(int tensorRanks) {
        return heads() % tensorRanks == 0;
    }

    /** Parameters that one token meets: all, but of the routed experts only those it is sent to. */
    default double activeParameters() {
        return parameters();
    }

    /**
     * FLOPs of one training step over {@code sequences} sequences, as model FLOPs are counted for MFU: three forward passes
     * where all weights are trained (Narayanan et al. 2021, section 5.1).
     */
    default double stepFlops(double sequences, int sequenceLength) {
        return 3 * forwardFlops(sequences, sequenceLength);
    }

    /**
     * FLOPs of one forward pass over {@code sequences} sequences, as model FLOPs are counted for MFU: multiplications
     * and additions of the matrix products, attention not halved for causality, nothing recomputed.
     */
    default double forwardFlops(double sequences, int sequenceLength) {
        Shard whole = new Shard(1, sequenceLength, Split.NONE, Precision.BF16, AttentionKernel.FLASH_2);
        Map<Layer, Double> perLayer = new HashMap<>();
        double sum = 0;
        for (Layer layer : layers()) {
            sum += perLayer.computeIfAbsent(layer, one -> Operator.modelFlops(one.operators(whole)));
        }
        return sequences * sum;
    }
}
