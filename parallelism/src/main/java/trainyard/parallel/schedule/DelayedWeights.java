package trainyard.parallel.schedule;

import java.util.ArrayList;
import java.util.List;

/** The handcrafted zero-bubble order: stage i warms up with c (p - 1 - i) forwards and delays weights by c i backwards. */
final class DelayedWeights {

    private DelayedWeights() {}

    /**
     * @param factor c, 1 for ZB-H1 and 2 for ZB-H2
     */
    static List<Pass> order(int stage, PipelineShape shape, int factor) {
        if (shape.chunks() != 1) {
            throw new IllegalArgumentException("ZB-H" + factor + " has one chunk per stage, got " + shape.chunks());
        }
        int microBatches = shape.microBatches();
        int warmUp = Math.min(microBatches, factor * (shape.stages() - 1 - stage));
        int delay = factor * stage;
        List<Pass> passes = new ArrayList<>(3 * microBatches);
        for (int i = 0; i < warmUp; i++) {
            passes.add(Pass.forward(i, 0));
        }
        for (int i = 0; i < microBatches; i++) {
            if (warmUp + i < microBatches) {
                passes.add(Pass.forward(warmUp + i, 0));
            }
            passes.add(Pass.inputBackward(i, 0));
            if (i >= delay) {
                passes.add(Pass.weight(i - delay, 0));
            }
        }
        for (int i = Math.max(0, microBatches - delay); i < microBatches; i++) {
            passes.add(Pass.weight(i, 0));
        }
        return passes;
    }
}
