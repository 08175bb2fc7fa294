package trainyard.parallel.plan;

/** Where a kind of state lies that is moved out of device memory. */
public enum OffloadTarget {
    /** It stays in device memory. */
    NONE,
    /** In the memory of the processors. */
    CPU,
    /** On the drives of the node. */
    NVME
}
