package trainyard.parallel.plan;

import java.util.Objects;

/**
 * How ranks that split the sequence or the experts exchange what they need of each other.
 *
 * @param context how attention sees the whole sequence
 * @param balanced whether each context rank holds an early and a late part of the sequence, so that under a causal mask all
 *     have the same attention to compute (zigzag: Grattafiori et al. 2024, section 3.3.2); else each holds one run of
 *     tokens and the last rank decides
 * @param dispatch how tokens reach their experts
 * @param expertOverlap what runs beside that
 */
public record Exchanges(ContextMethod context, boolean balanced, ExpertDispatch dispatch, ExpertOverlap expertOverlap) {

    /** Balanced ring attention and NCCL's all-to-all with nothing beside it. */
    public static final Exchanges PLAIN =
            new Exchanges(ContextMethod.RING, true, ExpertDispatch.ALL_TO_ALL, ExpertOverlap.NONE);

    public Exchanges {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(dispatch, "dispatch");
        Objects.requireNonNull(expertOverlap, "expertOverlap");
    }

    public Exchanges with(ContextMethod other) {
        return new Exchanges(other, balanced, dispatch, expertOverlap);
    }

    public Exchanges withBalanced(boolean zigzag) {
        return new Exchanges(context, zigzag, dispatch, expertOverlap);
    }

    public Exchanges with(ExpertDispatch other) {
        return new Exchanges(context, balanced, other, expertOverlap);
    }

    public Exchanges with(ExpertOverlap other) {
        return new Exchanges(context, balanced, dispatch, other);
    }
}
