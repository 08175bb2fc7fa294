package trainyard.faults.recovery;

/** What a job with fewer replicas does about its global batch. */
public enum OnLoss {
    /** Keeps it: each replica that is left accumulates more micro-batches, some one more than others. */
    ACCUMULATE,
    /** Trains on fewer samples a step and keeps the learning rate. */
    SHRINK_BATCH,
    /** Trains on fewer samples a step and scales the learning rate with them; takes the same time as a shrunk batch. */
    RESCALE
}
