package trainyard.parallel.input;

/** What a transfer to or from the storage is for. */
public enum StorageClass {
    /** Reads of training data. */
    DATA,
    /** Writes of checkpoints. */
    CHECKPOINT
}
