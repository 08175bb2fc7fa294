package trainyard.parallel.schedule;

import java.util.List;

/**
 * V-Min (Qi et al. 2024b, Pipeline Parallelism with Controllable Memory, section 3): about two thirds of the bubble of 1F1B
 * in a third of its memory, 2 p \/ 3 chunks in flight.
 */
final class VMin implements PipelineSchedule {

    private static final VMemory MEMORY = new VMemory(4);

    @Override
    public List<List<Pass>> passes(PipelineShape shape, PassEstimates estimates) {
        return VOrder.best(shape, estimates, MEMORY);
    }
}
