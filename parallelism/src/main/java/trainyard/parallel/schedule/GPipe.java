package trainyard.parallel.schedule;

import java.util.ArrayList;
import java.util.List;

/** All forward passes, then all backward passes (Huang et al. 2019, section 2.2). Bubble (p - 1) / m of the ideal. */
final class GPipe implements StageOrder {

    @Override
    public List<Pass> passes(int stage, PipelineShape shape) {
        int microBatches = shape.microBatches();
        if (shape.chunks() != 1) {
            throw new IllegalArgumentException("GPipe has one chunk per stage, got " + shape.chunks());
        }
        List<Pass> passes = new ArrayList<>(2 * microBatches);
        for (int i = 0; i < microBatches; i++) {
            passes.add(Pass.forward(i, 0));
        }
        for (int i = 0; i < microBatches; i++) {
            passes.add(Pass.backward(i, 0));
        }
        return passes;
    }
}
