package trainyard.parallel.plan;

import java.util.Objects;
import java.util.Optional;

/**
 * How ranks that split the sequence or the experts exchange what they need of each other.
 *
 * @param context how attention sees the whole sequence
 * @param balanced whether each context rank holds an early and a late part of the sequence, so that under a causal mask all
 *     have the same attention to compute (zigzag: Grattafiori et al. 2024, section 3.3.2); else each holds one run of
 *     tokens and the last rank decides
 * @param dispatch how tokens reach their experts
 * @param expertOverlap what runs beside that
 * @param tensorOverlap what runs beside the exchanges of the tensor ranks; empty: what the software lets run there
 */
public record Exchanges(
        ContextMethod context,
        boolean balanced,
        ExpertDispatch dispatch,
        ExpertOverlap expertOverlap,
        Optional<TensorOverlap> tensorOverlap) {

    /** Balanced ring attention and NCCL's all-to-all with nothing beside it. */
    public static final Exchanges PLAIN =
            new Exchanges(ContextMethod.RING, true, ExpertDispatch.ALL_TO_ALL, ExpertOverlap.NONE, Optional.empty());

    /** Exchanges of the tensor ranks as the software does them. */
    public Exchanges(ContextMethod context, boolean balanced, ExpertDispatch dispatch, ExpertOverlap expertOverlap) {
        this(context, balanced, dispatch, expertOverlap, Optional.empty());
    }

    public Exchanges {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(dispatch, "dispatch");
        Objects.requireNonNull(expertOverlap, "expertOverlap");
        Objects.requireNonNull(tensorOverlap, "tensorOverlap");
    }

    public Exchanges with(ContextMethod other) {
        return new Exchanges(other, balanced, dispatch, expertOverlap, tensorOverlap);
    }

    public Exchanges with(ExpertDispatch other) {
        return new Exchanges(context, balanced, other, expertOverlap, tensorOverlap);
    }

    public Exchanges with(ExpertOverlap other) {
        return new Exchanges(context, balanced, dispatch, other, tensorOverlap);
    }

    /** Whether products are cut so that their exchanges run beside them. */
    public boolean pipelinesProducts() {
        return tensorOverlap
                .filter(overlap -> overlap == TensorOverlap.PIPELINED)
                .isPresent();
    }
}
