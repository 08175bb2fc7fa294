package trainyard.scenario.verify.training;

import trainyard.parallel.plan.ContextMethod;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.ExpertDispatch;
import trainyard.parallel.plan.ExpertOverlap;

/**
 * How the ranks of a row exchange keys, values and tokens, by what its notes say: {@code dispatcher DeepEP}, {@code
 * dispatcher A2A}, {@code 1f1b a2a overlap}.
 */
final class RowExchanges {

    private RowExchanges() {}

    /**
     * Where notes and {@link BridgeRecipe} are silent, NCCL's all-to-all with nothing beside it, the default of Megatron-Core
     * (transformer_config.py, moe_token_dispatcher_type of its recipes and overlap_moe_expert_parallel_comm), and its ring
     * for parts of a sequence (cp_comm_type {@code p2p}); torchtitan gathers them (context_parallel_rotate_method).
     */
    static Exchanges of(RowCells cells) {
        String notes = cells.words("notes");
        Exchanges exchanges = Exchanges.PLAIN;
        if (notes.contains("deepep") || BridgeRecipe.sendsOnce(cells)) {
            exchanges = exchanges.with(ExpertDispatch.DEEPEP);
        } else if (notes.contains("dispatcher allgather") || notes.contains("dispatcher all-gather")) {
            exchanges = exchanges.with(ExpertDispatch.ALL_GATHER);
        }
        if (RowSoftware.isTorchtitan(cells) && !notes.contains("alltoall") && !notes.contains("ring")) {
            exchanges = exchanges.with(ContextMethod.ALL_GATHER);
        }
        return notes.contains("a2a overlap") || BridgeRecipe.wholeIterations(cells)
                ? exchanges.with(ExpertOverlap.MICRO_BATCHES)
                : exchanges;
    }
}
