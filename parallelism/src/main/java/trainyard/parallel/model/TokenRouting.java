package trainyard.parallel.model;

/**
 * How tokens find their experts, as far as it changes which kernels run.
 *
 * @param fused whether the choice of experts and the loss that balances them run in kernels of their own (Megatron-Core,
 *     moe_router_fusion, Transformer Engine from 2.6 on); else as elementary operations
 */
public record TokenRouting(boolean fused) {

    /** Elementary operations, what Megatron-Core does unless told otherwise. */
    public static final TokenRouting PLAIN = new TokenRouting(false);
}
