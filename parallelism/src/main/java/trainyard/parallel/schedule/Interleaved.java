package trainyard.parallel.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * 1F1B over v model chunks per stage (Narayanan et al. 2021, section 2.2): micro-batches pass in groups of p through
 * chunk 0, then the same group through chunk 1, and so on; backward in the reverse order of chunks. Stage i warms up with
 * {@code 2 (p - i - 1) + (v - 1) p} forward passes. Bubble (p - 1) / (v m) of the ideal.
 */
final class Interleaved implements StageOrder {

    @Override
    public List<Pass> passes(int stage, PipelineShape shape) {
        int microBatches = shape.microBatches();
        int chunks = shape.chunks();
        int stages = shape.stages();
        List<int[]> order = order(stages, microBatches, chunks);
        int total = order.size();
        int warmUp = Math.min(total, 2 * (stages - stage - 1) + (chunks - 1) * firstGroup(stages, microBatches));
        List<Pass> passes = new ArrayList<>(2 * total);
        for (int i = 0; i < warmUp; i++) {
            passes.add(forward(order.get(i)));
        }
        for (int i = warmUp; i < total; i++) {
            passes.add(forward(order.get(i)));
            passes.add(backward(order.get(i - warmUp), chunks));
        }
        for (int i = total - warmUp; i < total; i++) {
            passes.add(backward(order.get(i), chunks));
        }
        return passes;
    }

    /**
     * Micro-batches of the first group: p and what is left over when p does not divide them. The warm-up covers the
     * largest group, so that group must come first or a stage would wait for itself.
     */
    private static int firstGroup(int stages, int microBatches) {
        return microBatches < stages ? microBatches : stages + microBatches % stages;
    }

    /** (micro-batch, chunk) in forward order. */
    private static List<int[]> order(int stages, int microBatches, int chunks) {
        List<int[]> order = new ArrayList<>(microBatches * chunks);
        int first = 0;
        int size = firstGroup(stages, microBatches);
        while (first < microBatches) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                for (int i = first; i < first + size; i++) {
                    order.add(new int[] {i, chunk});
                }
            }
            first += size;
            size = stages;
        }
        return order;
    }

    private static Pass forward(int[] slot) {
        return Pass.forward(slot[0], slot[1]);
    }

    private static Pass backward(int[] slot, int chunks) {
        return Pass.backward(slot[0], chunks - 1 - slot[1]);
    }
}
