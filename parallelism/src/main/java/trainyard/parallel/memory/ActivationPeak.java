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
 * @param gradientBytes whole gradients held at the peak until their ranks have summed and shared them out
 */
record ActivationPeak(double activationBytes, double logitBytes, double workingBytes, double gradientBytes) {

    /**
     * Bytes of one micro-batch in one chunk.
     *
     * @param activations kept by the chunk's layers
     * @param logits kept by the head, if it lies in the chunk
     * @param working needed besides during the chunk's backward pass
     * @param keptForWeight what is held instead from the input's to the weights' gradient, more than the activations
     *     where they had to be recomputed
     * @param wholeGradients gradients of the chunk's weights where they are held whole from its first backward pass of a
     *     step until they are summed after the last one; the sum runs while the next chunk goes backward
     */
    record Chunk(double activations, double logits, double working, double keptForWeight, double wholeGradients) {

        Chunk(double activations, double logits, double working, double keptForWeight) {
            this(activations, logits, working, keptForWeight, 0);
        }

        Chunk withWholeGradients(double bytes) {
            return new Chunk(activations, logits, working, keptForWeight, bytes);
        }

        /** What is held for the weights' gradient over what the forward pass left. */
        double shareForWeight() {
            double bytes = activations + logits;
            return bytes == 0 ? 0 : keptForWeight / bytes;
        }
    }

    /**
     * @param passes passes of one stage in the order of execution
     * @param chunks bytes of each chunk of the stage
     */
    static ActivationPeak of(List<Pass> passes, List<Chunk> chunks) {
        ActivationPeak peak = new ActivationPeak(0, 0, 0, 0);
        // Counts of micro-batches, so that what is freed leaves exactly nothing.
        int[] whole = new int[chunks.size()];
        int[] forWeight = new int[chunks.size()];
        WholeGradients gradients = WholeGradients.of(passes, chunks);
        for (Pass pass : passes) {
            int chunk = pass.chunk();
            double ofWeights = gradients.during(pass);
            if (pass.kind() != Pass.Kind.FORWARD) {
                double working =
                        pass.kind() == Pass.Kind.WEIGHT ? 0 : chunks.get(chunk).working();
                peak = peak.orIfLarger(held(chunks, whole, forWeight, working, ofWeights));
            }
            switch (pass.kind()) {
                case FORWARD -> whole[chunk]++;
                case BACKWARD -> whole[chunk]--;
                case INPUT_BACKWARD -> {
                    whole[chunk]--;
                    forWeight[chunk]++;
                }
                case WEIGHT -> forWeight[chunk]--;
            }
        }
        return peak;
    }

    private static ActivationPeak held(
            List<Chunk> chunks, int[] whole, int[] forWeight, double working, double gradients) {
        double activations = 0;
        double logits = 0;
        for (int i = 0; i < whole.length; i++) {
            Chunk chunk = chunks.get(i);
            double microBatches = whole[i] + forWeight[i] * chunk.shareForWeight();
            activations += microBatches * chunk.activations();
            logits += microBatches * chunk.logits();
        }
        return new ActivationPeak(activations, logits, working, gradients);
    }

    /** A backward pass starts from a maximum, so that only backward passes need be looked at. */
    private ActivationPeak orIfLarger(ActivationPeak other) {
        return other.totalBytes() + other.gradientBytes > totalBytes() + gradientBytes ? other : this;
    }

    /** What comes and goes with every micro-batch. */
    double totalBytes() {
        return activationBytes + logitBytes + workingBytes;
    }
}
