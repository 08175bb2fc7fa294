package trainyard.parallel.kernel;

/** Effects that the kernel model knows. All count; leaving one out shows what it is worth. */
public enum ModellingElement {
    /** Tiles at the edge of a product compute elements that nobody needs. */
    TILE_QUANTISATION,
    /** The last wave of tiles is rarely full. */
    WAVE_QUANTISATION,
    /** Small tiles starve on the cache. */
    CACHE_LIMIT,
    /** A tile fills its pipeline and writes its result, which short products repay badly. */
    TILE_OVERHEAD,
    /** Rows that the widest loads cannot read. */
    ALIGNMENT,
    /** Tensor cores at full load lower the clock. */
    SUSTAINED_RATE,
    /** Bytes through device memory. */
    MEMORY_TRAFFIC,
    /** Gap between two queued kernels. */
    LAUNCH_GAP,
    /** The host needs time to issue kernels. */
    HOST_TIME,
    /** An exchange beside a product slows both. */
    OVERLAP_CONTENTION
}
