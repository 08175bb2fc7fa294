package trainyard.sim.network.collective;

/**
 * How pipelined algorithms cut a buffer.
 *
 * @param count number of chunks, at least 1
 * @param bytes size of each
 */
record Chunks(int count, double bytes) {

    /** NCCL's default: a buffer of 4 MiB in 8 steps (NCCL_BUFFSIZE and NCCL_STEPS, NCCL 2.27 documentation). */
    static final double DEFAULT_BYTES = 4.0 * 1024 * 1024 / 8;

    /** Equal chunks of at most {@code mostBytes}. */
    static Chunks of(double bytes, double mostBytes) {
        int count = (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.ceil(bytes / mostBytes)));
        return new Chunks(count, bytes / count);
    }
}
