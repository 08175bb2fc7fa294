package trainyard.parallel.model.transformer;

import java.util.Objects;

/**
 * One repeated layer of a transformer.
 *
 * @param attention how tokens gather from each other
 * @param mlp what is computed for each token alone
 */
public record Block(Attention attention, Mlp mlp) {

    public Block {
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(mlp, "mlp");
    }
}
