package trainyard.parallel.schedule;

import java.util.OptionalInt;

/**
 * In which order the pipeline stages run the passes of their micro-batches. A constant says everything that the rest of
 * the product has to know of a schedule.
 */
public enum Schedule {
    /** All forwards, then all backwards (Huang et al. 2019). */
    GPIPE("gpipe", ChunkPlacement.LOOP, Backward.WHOLE, Update.TOGETHER, new GPipe()),
    /** One forward, one backward after a warm-up (Narayanan et al. 2019, PipeDream-Flush). */
    ONE_F_ONE_B("1f1b", ChunkPlacement.LOOP, Backward.WHOLE, Update.TOGETHER, new OneForwardOneBackward()),
    /** 1F1B over several model chunks per stage (Narayanan et al. 2021, section 2.2). */
    INTERLEAVED("interleaved-1f1b", ChunkPlacement.LOOP, Backward.WHOLE, Update.TOGETHER, new Interleaved()),
    /** 1F1B whose weight gradients wait, in the memory of 1F1B (Qi et al. 2024, section 2.1). */
    ZB_H1("zb-h1", ChunkPlacement.LOOP, Backward.PARTED, Update.ALONE, new ZeroBubbleH1()),
    /** The same with twice the forwards in flight and hardly a bubble (Qi et al. 2024, section 2.2). */
    ZB_H2("zb-h2", ChunkPlacement.LOOP, Backward.PARTED, Update.ALONE, new ZeroBubbleH2()),
    /** Made from profiled times within the memory of 1F1B (Qi et al. 2024, section 3.1). */
    ZB_1P("zb-1p", ChunkPlacement.LOOP, Backward.PARTED, Update.ALONE, new ZeroBubbleAutomatic(1)),
    /** Made from profiled times within twice the memory of 1F1B (Qi et al. 2024, section 3.1). */
    ZB_2P("zb-2p", ChunkPlacement.LOOP, Backward.PARTED, Update.ALONE, new ZeroBubbleAutomatic(2)),
    /** Two chunks per stage in the shape of a V: no bubble in the memory of 1F1B (Qi et al. 2024, section 6). */
    ZB_V("zb-v", ChunkPlacement.V, Backward.PARTED, Update.ALONE, new ZeroBubbleV()),
    /** The V in half the memory of 1F1B (Qi et al. 2024b, section 3). */
    V_HALF("v-half", ChunkPlacement.V, Backward.PARTED, Update.ALONE, new VHalf()),
    /** The V in a third of the memory of 1F1B (Qi et al. 2024b, section 3). */
    V_MIN("v-min", ChunkPlacement.V, Backward.PARTED, Update.ALONE, new VMin()),
    /** Micro-batches enter at both ends (DeepSeek-AI 2024, DeepSeek-V3, section 3.2.1). */
    DUALPIPE("dualpipe", ChunkPlacement.BIDIRECTIONAL, Backward.PARTED, Update.TOGETHER, new DualPipe());

    /** How a micro-batch goes back through a chunk. */
    private enum Backward {
        /** Input and weight gradients in one pass. */
        WHOLE,
        /** The input gradients in one pass, the weight gradients in another that may wait. */
        PARTED
    }

    /** When a stage may update its parameters. */
    private enum Update {
        /** When the gradients of all stages are complete: their common norm decides about clipping. */
        TOGETHER,
        /**
         * When its own are: what the norm would have changed is put right afterwards (Qi et al. 2024, section 4,
         * optimizer post-validation).
         */
        ALONE
    }

    private final String word;
    private final ChunkPlacement placement;
    private final Backward backward;
    private final Update update;
    private final PipelineSchedule order;

    Schedule(String word, ChunkPlacement placement, Backward backward, Update update, PipelineSchedule order) {
        this.word = word;
        this.placement = placement;
        this.backward = backward;
        this.update = update;
        this.order = order;
    }

    /** Name in scenarios and tables, such as {@code zb-2p}. */
    public String word() {
        return word;
    }

    public ChunkPlacement placement() {
        return placement;
    }

    /** The order itself. */
    public PipelineSchedule order() {
        return order;
    }

    /** Whether a stage updates as soon as its own gradients are complete, and starts the next step. */
    public boolean validatesAfterUpdate() {
        return update == Update.ALONE;
    }

    /** Whether each micro-batch goes back through a chunk in one pass, input and weight gradients together. */
    public boolean runsWholeBackwards() {
        return backward == Backward.WHOLE;
    }

    /** Chunks per stage that the schedule needs; empty where any number will do ({@link #INTERLEAVED}). */
    public OptionalInt chunksPerStage() {
        if (this == INTERLEAVED) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(placement == ChunkPlacement.LOOP ? 1 : 2);
    }
}
