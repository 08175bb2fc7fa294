package trainyard.parallel.schedule;

import java.util.List;

/**
 * The automatic zero-bubble scheduler (Qi et al. 2024, Zero Bubble Pipeline Parallelism, section 3.1): an order made from
 * profiled times within a memory limit. ZB-1p may hold p micro-batches on a stage, as 1F1B does, and has the bubble of
 * ZB-H1; ZB-2p may hold 2 p and has next to none: the authors measure below 1 % where m is at least 4 p.
 */
final class ZeroBubbleAutomatic implements PipelineSchedule {

    private final int memoryFactor;

    /**
     * @param memoryFactor memory limit in activations of p micro-batches
     */
    ZeroBubbleAutomatic(int memoryFactor) {
        this.memoryFactor = memoryFactor;
    }

    @Override
    public List<List<Pass>> passes(PipelineShape shape, PassEstimates estimates) {
        if (shape.chunks() != 1) {
            throw new IllegalArgumentException(
                    "ZB-" + memoryFactor + "p has one chunk per stage, got " + shape.chunks());
        }
        double limit = (double) memoryFactor * shape.stages();
        AutomaticOrder best = null;
        for (AutomaticOrder.Choices choices : AutomaticOrder.Choices.all()) {
            AutomaticOrder order = AutomaticOrder.of(shape, estimates, limit, choices);
            if (best == null || order.duration() < best.duration()) {
                best = order;
            }
        }
        return best.passes();
    }
}
