package trainyard.parallel.length;

/** What happens when a micro-batch does not fit in the memory of a GPU. */
public enum OutOfMemory {
    /** The job ends and is started again; the step is lost, and training goes on with the next batch. */
    CRASH,
    /**
     * The rank frees what it holds and takes the micro-batch in two halves, each halved again if need be. Both halves add to the
     * same gradient, so the global batch stays what it was.
     */
    HALVE_MICRO_BATCH
}
