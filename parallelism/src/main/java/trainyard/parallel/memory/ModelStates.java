package trainyard.parallel.memory;

import trainyard.sim.hardware.Precision;

/**
 * Bytes per parameter that a rank keeps from step to step with mixed-precision Adam: 16-bit weights 2, gradients 2 or 4,
 * and 12 for the 32-bit master weights and two moments (Rajbhandari et al. 2020, section 3.1: K = 12; Megatron-LM,
 * docs/distrib_optimizer.md). ZeRO stage 1 divides the 12 by the data-parallel ranks. In 32-bit training there is no
 * master copy: 4 + 4 + 8.
 *
 * @param parameterBytes weights
 * @param gradientBytes gradients
 * @param optimizerBytes master weights and moments
 */
public record ModelStates(double parameterBytes, double gradientBytes, double optimizerBytes) {

    private static final double MASTER_BYTES = 4;
    private static final double MOMENT_BYTES = 8;

    /**
     * States of a rank.
     *
     * @param parameters parameters that the rank holds
     * @param precision format of the weights in the products
     * @param bytesPerGradient bytes of one gradient element
     * @param zeroStage 0 or 1
     * @param dataRanks data-parallel ranks
     */
    public static ModelStates of(
            double parameters, Precision precision, double bytesPerGradient, int zeroStage, int dataRanks) {
        boolean single = precision.bytes() >= 4;
        double optimizer = MOMENT_BYTES + (single ? 0 : MASTER_BYTES);
        // Formats below 16 bits exist only inside the products; the weights rest in 16 bits.
        double weight = Math.max(2, precision.bytes());
        double shards = zeroStage >= 1 ? dataRanks : 1;
        return new ModelStates(
                parameters * weight, parameters * (single ? 4 : bytesPerGradient), parameters * optimizer / shards);
    }

    public double totalBytes() {
        return parameterBytes + gradientBytes + optimizerBytes;
    }
}
