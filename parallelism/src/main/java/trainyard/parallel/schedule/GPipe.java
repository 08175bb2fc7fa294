package trainyard.parallel.schedule;

import java.util.ArrayList;
import java.util.List;

/** All forward passes, then all backward passes (Huang et al. 2019, section 2.2). Bubble (p - 1) / m of the ideal. */
final class GPipe implements StageOrder {

    @Override
    public List<Pass> passes(int stage, PipelineShape shape) {
        int microBatches = shape.microBatches();
        int chunks = shape.chunks();
        List<Pass> passes = new ArrayList<>(2 * microBatches * chunks);
        for (int chunk = 0; chunk < chunks; chunk++) {
            for (int i = 0; i < microBatches; i++) {
                passes.add(Pass.forward(i, chunk));
            }
        }
        for (int chunk = chunks - 1; chunk >= 0; chunk--) {
            for (int i = 0; i < microBatches; i++) {
                passes.add(Pass.backward(i, chunk));
            }
        }
        return passes;
    }
}
