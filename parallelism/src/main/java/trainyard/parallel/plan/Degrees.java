package trainyard.parallel.plan;

/**
 * How many ways each dimension of a training job is split.
 *
 * @param tensor ranks that split each matrix product (intra-layer, Shoeybi et al. 2019)
 * @param context ranks that split the sequence of one micro-batch (Liu et al. 2023, ring attention)
 * @param pipeline stages that split the layers
 * @param data replicas of the model, which split the batch
 * @param expert ranks that split the experts of a mixture of experts; they are not further ranks but the same ones as
 *     {@code tensor x context x data}, grouped anew (Liu et al. 2025, parallel folding)
 */
public record Degrees(int tensor, int context, int pipeline, int data, int expert) {

    public Degrees {
        requirePositive("tensor", tensor);
        requirePositive("context", context);
        requirePositive("pipeline", pipeline);
        requirePositive("data", data);
        requirePositive("expert", expert);
        if ((double) tensor * context * pipeline * data > Integer.MAX_VALUE) {
            throw new PlanException(
                    "tensor",
                    "tensor " + tensor + " x context " + context + " x pipeline " + pipeline + " x data " + data
                            + " is more than " + Integer.MAX_VALUE + "; lower a degree");
        }
        if (tensor * context * data % expert != 0) {
            throw new PlanException(
                    "expert",
                    "expert " + expert + " does not divide tensor " + tensor + " x context " + context + " x data "
                            + data + " = " + tensor * context * data);
        }
    }

    /** Degrees without context or expert parallelism. */
    public static Degrees of(int tensor, int pipeline, int data) {
        return new Degrees(tensor, 1, pipeline, data, 1);
    }

    private static void requirePositive(String field, int value) {
        if (value < 1) {
            throw new PlanException(field, field + " must be at least 1, got " + value);
        }
    }

    /** GPUs that hold one pipeline stage, over all replicas. */
    public int ranksPerStage() {
        return tensor * context * data;
    }

    /**
     * Ranks that hold the same weights outside the experts and sum their gradients: every replica of the batch, and the
     * ranks that split its sequences.
     */
    public int gradientRanks() {
        return context * data;
    }

    /**
     * Ranks that hold the same experts and sum their gradients. Tensor ranks split each expert while every rank holds all
     * of them; once experts lie on ranks of their own each is whole there.
     */
    public int expertGradientRanks() {
        return expert == 1 ? gradientRanks() : ranksPerStage() / expert;
    }

    /** GPUs of the whole job. */
    public int ranks() {
        return ranksPerStage() * pipeline;
    }
}
