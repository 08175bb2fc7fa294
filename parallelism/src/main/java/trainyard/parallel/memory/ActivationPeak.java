package trainyard.parallel.memory;

import java.util.List;
import trainyard.parallel.schedule.Pass;

/**
 * The largest sum of activations that a stage holds at once, found by replaying its schedule: a forward pass adds the
 * bytes of its chunk, the matching backward pass frees them. For equal chunks of L / (p v) layers this gives, on the
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
     */
    record Chunk(double activations, double logits, double working) {}

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
            if (pass.direction() == Pass.Direction.FORWARD) {
                activations += chunk.activations();
                logits += chunk.logits();
            } else {
                peak = peak.orIfLarger(activations, logits, chunk.working());
                activations -= chunk.activations();
                logits -= chunk.logits();
            }
        }
        return peak;
    }

    /** A backward pass starts from a maximum, so that only backward passes need be looked at. */
    private ActivationPeak orIfLarger(double activations, double logits, double working) {
        return activations + logits + working > totalBytes() ? new ActivationPeak(activations, logits, working) : this;
    }

    double totalBytes() {
        return activationBytes + logitBytes + workingBytes;
    }
}
