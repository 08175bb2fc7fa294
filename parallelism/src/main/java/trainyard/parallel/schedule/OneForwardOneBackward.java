package trainyard.parallel.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * After p - i - 1 forward passes of warm-up on stage i, one forward and one backward in turn, so that no stage holds more
 * than p - i micro-batches (Narayanan et al. 2019; Fan et al. 2021). Bubble (p - 1) / m of the ideal.
 */
final class OneForwardOneBackward implements StageOrder {

    @Override
    public List<Pass> passes(int stage, PipelineShape shape) {
        int microBatches = shape.microBatches();
        int chunks = shape.chunks();
        int stages = shape.stages();
        if (chunks != 1) {
            throw new IllegalArgumentException("1F1B has one chunk per stage, got " + chunks);
        }
        int warmUp = Math.min(microBatches, stages - stage - 1);
        List<Pass> passes = new ArrayList<>(2 * microBatches);
        for (int i = 0; i < warmUp; i++) {
            passes.add(Pass.forward(i, 0));
        }
        for (int i = warmUp; i < microBatches; i++) {
            passes.add(Pass.forward(i, 0));
            passes.add(Pass.backward(i - warmUp, 0));
        }
        for (int i = microBatches - warmUp; i < microBatches; i++) {
            passes.add(Pass.backward(i, 0));
        }
        return passes;
    }
}
