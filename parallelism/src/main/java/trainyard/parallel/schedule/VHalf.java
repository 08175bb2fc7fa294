package trainyard.parallel.schedule;

import java.util.List;

/**
 * V-Half (Qi et al. 2024b, Pipeline Parallelism with Controllable Memory, section 3): about half the bubble of 1F1B in half
 * its memory, p chunks in flight.
 */
final class VHalf implements PipelineSchedule {

    private static final VMemory MEMORY = new VMemory(6);

    @Override
    public List<List<Pass>> passes(PipelineShape shape, PassEstimates estimates) {
        return VOrder.best(shape, estimates, MEMORY);
    }
}
