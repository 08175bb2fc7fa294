package trainyard.parallel.schedule;

import java.util.List;

/**
 * ZB-H1 (Qi et al. 2024, Zero Bubble Pipeline Parallelism, section 2.1): 1F1B in which stage i computes the weight
 * gradients i micro-batches late, so that input gradients reach the earlier stages sooner. Bubble {@code (p - 1) (TF + TB
 * - TW)}, a third of 1F1B for equal passes; the first stage holds p micro-batches, as in 1F1B.
 */
final class ZeroBubbleH1 implements StageOrder {

    @Override
    public List<Pass> passes(int stage, PipelineShape shape) {
        return DelayedWeights.order(stage, shape, 1);
    }
}
