package trainyard.parallel.model;

/**
 * How tokens find their experts, as far as it changes which kernels run and what the host waits for.
 *
 * @param fused whether the choice of experts, the loss that balances them and the map of received tokens take kernels of
 *     their own (Megatron-Core, moe_router_fusion, Transformer Engine from 2.6 on; fused_indices_converter.py); else as
 *     elementary operations
 * @param sentOnce whether a token travels once to each rank that holds experts of it (DeepEP), so that its copies are made
 *     where it arrives; else they are made before it leaves
 */
public record TokenRouting(boolean fused, boolean sentOnce) {

    /** Elementary operations and copies before the exchange, what Megatron-Core does unless told otherwise. */
    public static final TokenRouting PLAIN = new TokenRouting(false, false);

    /**
     * Whether the host waits for the device to learn which of the received tokens go to which expert: it picks values by a
     * mask, whose number sizes the result, forward ({@code indices[mask]}, {@code repeat_interleave}, {@code probs[mask]}) and
     * in the gradient of the last (Megatron-Core 0.13, token_dispatcher.py, _indices_to_multihot; PyTorch, nonzero).
     */
    public boolean waitsForReceived() {
        return sentOnce && !fused;
    }

    /**
     * Parts of {@code parts} that a token meets on average whose experts are different ones, each set of them as likely: all
     * of {@code n = parts x inPart} experts lie outside a part in {@code C(n - inPart, k)} of {@code C(n, k)} sets.
     *
     * @param parts equal parts of the experts, such as ranks
     * @param inPart experts of a part
     * @param choices experts of a token, k
     */
    public static double met(int parts, int inPart, int choices) {
        double outside = 1;
        for (int drawn = 0; drawn < choices && outside > 0; drawn++) {
            double left = (double) parts * inPart - drawn;
            outside *= Math.max(0, left - inPart) / left;
        }
        return parts * (1 - outside);
    }
}
