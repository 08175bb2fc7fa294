package trainyard.parallel.memory;

import java.util.List;
import trainyard.parallel.schedule.Pass;

/**
 * Gradients that a stage holds whole although ranks share them out, because they are summed after the last micro-batch only: those
 * of a chunk from its first backward pass of the step to its last one, and on while they are summed, which takes until the
 * next chunk has its sum. A schedule that takes all micro-batches of a chunk backward one after the other so holds those of
 * two chunks, one that changes between chunks holds all.
 */
final class WholeGradients {

    private final List<ActivationPeak.Chunk> chunks;
    private final int[] left;
    private double open;
    private double summing;

    private WholeGradients(List<ActivationPeak.Chunk> chunks, int[] left) {
        this.chunks = chunks;
        this.left = left;
    }

    /**
     * Before the first pass.
     *
     * @param passes passes of one stage in the order of execution
     * @param chunks bytes of each chunk of the stage
     */
    static WholeGradients of(List<Pass> passes, List<ActivationPeak.Chunk> chunks) {
        int[] left = new int[chunks.size()];
        for (Pass pass : passes) {
            left[pass.chunk()] -= yieldsGradients(pass) ? 1 : 0;
        }
        return new WholeGradients(chunks, left);
    }

    /** Bytes held while a pass runs; passes are asked for in their order. */
    double during(Pass pass) {
        if (!yieldsGradients(pass)) {
            return open + summing;
        }
        int chunk = pass.chunk();
        double own = chunks.get(chunk).wholeGradients();
        if (left[chunk] < 0) {
            open += own;
            left[chunk] = -left[chunk];
        }
        double held = open + summing;
        left[chunk]--;
        if (left[chunk] == 0) {
            open -= own;
            summing = own;
        }
        return held;
    }

    private static boolean yieldsGradients(Pass pass) {
        return pass.kind() == Pass.Kind.BACKWARD || pass.kind() == Pass.Kind.WEIGHT;
    }
}
