package trainyard.parallel.schedule;

import java.util.List;

/**
 * ZB-H2 (Qi et al. 2024, Zero Bubble Pipeline Parallelism, section 2.2): ZB-H1 with twice the warm-up and twice the
 * delay. Bubble {@code (p - 1) (TF + TB - 2 TW)}, none for equal passes; the first stage holds 2 p - 1 micro-batches.
 */
final class ZeroBubbleH2 implements StageOrder {

    @Override
    public List<Pass> passes(int stage, PipelineShape shape) {
        return DelayedWeights.order(stage, shape, 2);
    }
}
