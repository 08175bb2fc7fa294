package trainyard.training.clock;

/** What a worker does at a moment; it is always in one of these. */
public enum WorkerState {
    /** It computes a gradient, whether that counts in the end or not. */
    COMPUTING,
    /** It has nothing to compute until parameters come or its gradient is gone. */
    EXCHANGING,
    /** Its part is done, and the rule makes it wait for others; also before its first start. */
    WAITING,
    /** It has failed and is not back. */
    DOWN
}
