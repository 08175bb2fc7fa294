package trainyard.parallel.schedule;

import java.util.List;

/**
 * ZB-V (Qi et al. 2024, Zero Bubble Pipeline Parallelism, section 6; V-ZB of Qi et al. 2024b): no bubble for equal passes,
 * and 2 p chunks in flight, which is the memory of 1F1B.
 */
final class ZeroBubbleV implements PipelineSchedule {

    private static final VMemory MEMORY = new VMemory(12);

    @Override
    public List<List<Pass>> passes(PipelineShape shape, PassEstimates estimates) {
        return VOrder.best(shape, estimates, MEMORY);
    }
}
