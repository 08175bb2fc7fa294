package trainyard.scheduler.policy;

/** GPU time as one number. Counted in GPU-microseconds, so that years on thousands of GPUs fit into 64 bits. */
final class Services {

    private static final long GRAIN_NANOS = 1000;

    private Services() {}

    /** GPU-microseconds of a time on some GPUs. */
    static long of(long nanos, int gpus) {
        return Math.multiplyExact(nanos / GRAIN_NANOS, (long) gpus);
    }

    /** GPU-microseconds of GPU-seconds. */
    static long ofGpuSeconds(double gpuSeconds) {
        return Math.round(gpuSeconds * 1e6);
    }

    /** Time, at least 1 ns, until a job has gained a service on its GPUs. */
    static long nanosUntil(long serviceLeft, int gpus) {
        long micros = serviceLeft / gpus + (serviceLeft % gpus == 0 ? 0 : 1);
        return Math.max(1, micros > Long.MAX_VALUE / GRAIN_NANOS ? Long.MAX_VALUE : micros * GRAIN_NANOS);
    }
}
