package trainyard.parallel.model;

/** Where a layer stands in its model, which decides where a pipeline may cut and what recomputation covers. */
public enum LayerRole {
    /** Turns inputs into activations; stays with the block after it. */
    INPUT,
    /** One of the repeated layers, over which a pipeline is cut; recomputation, sharding and offloading work by block. */
    BLOCK,
    /** Turns activations into the loss; all of them follow the last block. What they keep are the logits. */
    HEAD
}
