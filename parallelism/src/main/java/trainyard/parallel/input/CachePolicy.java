package trainyard.parallel.input;

/** Which samples a cache keeps once it is full. */
public enum CachePolicy {
    /** Those read last. */
    LRU,
    /** Those that came first; nothing is ever dropped. */
    FIXED_SUBSET
}
