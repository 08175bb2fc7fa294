package trainyard.scheduler.quota;

import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.policy.SchedulingContext;

/**
 * Amounts of what quotas count.
 *
 * @param gpuMillis thousandths of a GPU, 0 or more
 * @param cpuMillis thousandths of a processor, 0 or more
 * @param memoryBytes host memory, 0 or more
 */
public record Amounts(long gpuMillis, long cpuMillis, long memoryBytes) {

    /** As much as there is. */
    public static final long UNLIMITED = Long.MAX_VALUE / 4;

    /** As much of everything as there is. */
    public static final Amounts ALL = new Amounts(UNLIMITED, UNLIMITED, UNLIMITED);

    /** Nothing. */
    public static final Amounts NONE = new Amounts(0, 0, 0);

    static final int KINDS = 3;

    /** The place of GPUs among them. */
    static final int GPUS = 0;

    /** The place of processors among them. */
    static final int CPUS = 1;

    /** The place of host memory among them. */
    static final int MEMORY = 2;

    public Amounts {
        if (gpuMillis < 0 || cpuMillis < 0 || memoryBytes < 0) {
            throw new IllegalArgumentException("amounts are at least 0, got " + gpuMillis + " milli-GPUs, " + cpuMillis
                    + " milli-processors and " + memoryBytes + " bytes");
        }
    }

    /** GPUs, with as many processors and as much memory as there are. */
    public static Amounts ofGpus(long gpus) {
        return of(gpus, UNLIMITED, UNLIMITED);
    }

    /** GPUs, thousandths of processors and bytes of memory. */
    public static Amounts of(long gpus, long cpuMillis, long memoryBytes) {
        return new Amounts(
                gpus < UNLIMITED / JobTraits.WHOLE_GPU ? gpus * JobTraits.WHOLE_GPU : UNLIMITED,
                cpuMillis,
                memoryBytes);
    }

    /** GPUs of them. */
    public double gpus() {
        return gpuMillis / (double) JobTraits.WHOLE_GPU;
    }

    long[] toArray() {
        return new long[] {gpuMillis, cpuMillis, memoryBytes};
    }

    /** What a job wants. */
    public static Amounts of(ClusterJob job) {
        long[] need = new long[KINDS];
        write(job, job.milliGpus(), job.gpus(), need);
        return new Amounts(need[GPUS], need[CPUS], need[MEMORY]);
    }

    /** Writes what a job has or wants. */
    static void write(SchedulingContext context, int job, long[] need) {
        long milliGpus = (long) context.gpus(job) * JobTraits.WHOLE_GPU / context.partsPerGpu();
        write(context.job(job), milliGpus, context.touchedGpus(job), need);
    }

    private static void write(ClusterJob job, long milliGpus, int touchedGpus, long[] need) {
        need[GPUS] = milliGpus;
        need[CPUS] = Math.round(1000 * job.traits().cpus() * touchedGpus);
        need[MEMORY] = Math.round(job.traits().memoryBytes() * touchedGpus);
    }
}
