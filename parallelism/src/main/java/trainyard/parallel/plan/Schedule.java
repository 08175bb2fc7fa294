package trainyard.parallel.plan;

/** In which order a pipeline stage runs its micro-batches. */
public enum Schedule {
    /** All forwards, then all backwards (Huang et al. 2019). */
    GPIPE,
    /** One forward, one backward after a warm-up (Narayanan et al. 2019, PipeDream-Flush). */
    ONE_F_ONE_B,
    /** 1F1B over several model chunks per stage (Narayanan et al. 2021, section 2.2). */
    INTERLEAVED
}
