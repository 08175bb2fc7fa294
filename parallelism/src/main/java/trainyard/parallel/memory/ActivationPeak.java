package trainyard.parallel.memory;

import java.util.List;
import trainyard.parallel.schedule.Pass;

/**
 * The largest sum of activations that a stage holds at once, found by replaying its schedule: a forward pass adds the
 * bytes of its chunk, the matching backward pass frees them, at once or in two parts. For equal chunks of L / (p v) layers this gives, on the
 * first stage, m micro-batches for GPipe, min(m, p) for 1F1B and {@code L (1 + (p - 1) / (p v))} layers for interleaved
 * 1F1B (Korthikanti et al. 2022, section 4.2.3).
 *
 * @param activationBytes bytes of layers held at the peak
 * @param logitBytes bytes of the head held at the peak
 * @param workingBytes bytes that the pass which runs at the peak needs beside them
 */
record ActivationPeak(double activationBytes, double logitBytes, double workingBytes) {

    /**
     * Bytes of one micro-batch in one chunk.
     *
     * @param activations kept by the chunk's layers
     * @param logits kept by the head, if it lies in the chunk
     * @param working needed besides during the chunk's backward pass
     * @param keptForWeight what is held instead from the input's to the weights' gradient, more than the activations
     *     where they had to be recomputed
     */
    record Chunk(double activations, double logits, double working, double keptForWeight) {

        double bytes() {
            return activations + logits;
        }
    }

    /**
     * @param passes passes of one stage in the order of execution
     * @param chunks bytes of each chunk of the stage
     */
    static ActivationPeak of(List<Pass> passes, List<Chunk> chunks) {
        ActivationPeak peak = new ActivationPeak(0, 0, 0);
        double activations = 0;
        double logits = 0;
        for (Pass pass : passes) {
            Chunk chunk = chunks.get(pass.chunk());
            if (pass.kind() != Pass.Kind.FORWARD) {
                double working = pass.kind() == Pass.Kind.WEIGHT ? 0 : chunk.working();
                peak = peak.orIfLarger(activations, logits, working);
            }
            double share = change(pass.kind(), chunk);
            activations += share * chunk.activations();
            logits += share * chunk.logits();
        }
        return peak;
    }

    /** Share of a chunk's bytes that a pass adds, or frees if below 0. */
    private static double change(Pass.Kind kind, Chunk chunk) {
        return switch (kind) {
            case FORWARD -> 1;
            case BACKWARD -> -1;
            case INPUT_BACKWARD -> kept(chunk) - 1;
            case WEIGHT -> -kept(chunk);
        };
    }

    private static double kept(Chunk chunk) {
        return chunk.bytes() == 0 ? 0 : chunk.keptForWeight() / chunk.bytes();
    }

    /** A backward pass starts from a maximum, so that only backward passes need be looked at. */
    private ActivationPeak orIfLarger(double activations, double logits, double working) {
        return activations + logits + working > totalBytes() ? new ActivationPeak(activations, logits, working) : this;
    }

    double totalBytes() {
        return activationBytes + logitBytes + workingBytes;
    }
}
