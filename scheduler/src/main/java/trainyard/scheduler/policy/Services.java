package trainyard.scheduler.policy;

/** GPU time as one number. Counted in GPU-microseconds, so that years on thousands of GPUs fit into 64 bits. */
final class Services {

    private static final long GRAIN_NANOS = 1000;

    private Services() {}

    /** GPU-microseconds of a time on the GPUs of a job, rounded down. */
    static long of(SchedulingContext context, long nanos, int job) {
        long micros = nanos / GRAIN_NANOS;
        long parts = context.gpus(job);
        int perGpu = context.partsPerGpu();
        if (perGpu == 1) {
            return Math.multiplyExact(micros, parts);
        }
        return Math.addExact(Math.multiplyExact(micros / perGpu, parts), micros % perGpu * parts / perGpu);
    }

    /** GPU-microseconds of GPU-seconds. */
    static long ofGpuSeconds(double gpuSeconds) {
        return Math.round(gpuSeconds * 1e6);
    }

    /** Time, at least 1 ns, until a job has gained a service on its GPUs. */
    static long nanosUntil(SchedulingContext context, long serviceLeft, int job) {
        long parts = context.gpus(job);
        long perGpu = context.partsPerGpu();
        long whole = serviceLeft / parts;
        long micros = whole > Long.MAX_VALUE / 2 / perGpu
                ? Long.MAX_VALUE
                : whole * perGpu + (serviceLeft % parts * perGpu + parts - 1) / parts;
        return Math.max(1, micros > Long.MAX_VALUE / GRAIN_NANOS ? Long.MAX_VALUE : micros * GRAIN_NANOS);
    }
}
