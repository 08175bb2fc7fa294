package trainyard.parallel.plan;

/** How long a rank keeps the weights that it has gathered from the others' shards. */
public enum Reshard {
    /** Until the pass has left the layer; the backward pass gathers them again (ZeRO-3; FSDP FULL_SHARD). */
    AFTER_FORWARD,
    /** From a micro-batch's forward pass to its backward pass (FSDP SHARD_GRAD_OP). */
    AFTER_BACKWARD,
    /** For all micro-batches of a step (ZeRO-1 and ZeRO-2, whose ranks always hold all weights). */
    AFTER_STEP
}
