package trainyard.parallel.plan;

/** How tokens reach the ranks that hold their experts. */
public enum ExpertDispatch {
    /** A copy of the token for each of its experts, by NCCL's all-to-all (Lepikhin et al. 2020). */
    ALL_TO_ALL,
    /** Every rank gets all tokens and picks its own; results are summed by a reduce-scatter. */
    ALL_GATHER,
    /**
     * One copy for each node that holds experts of the token, passed on there to each GPU that does (DeepSeek-V3,
     * section 3.2.2; its library DeepEP).
     */
    DEEPEP
}
