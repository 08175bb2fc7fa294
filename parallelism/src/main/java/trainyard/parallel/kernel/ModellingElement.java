package trainyard.parallel.kernel;

import java.util.Locale;

/** Effects that the kernel and the step model know. All count; leaving one out shows what it is worth. */
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
    OVERLAP_CONTENTION,
    /** A step runs at the pace of the slowest of its GPUs. */
    SLOWEST_GPU,
    /** The product with the vocabulary table and its loss. */
    LOGITS;

    /** Name for tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
