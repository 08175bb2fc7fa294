package trainyard.scheduler.quota;

import trainyard.scheduler.job.ClusterJob;

/**
 * Amounts of what quotas count.
 *
 * @param gpus 0 or more
 * @param cpuMillis thousandths of a processor, 0 or more
 * @param memoryBytes host memory, 0 or more
 */
public record Amounts(long gpus, long cpuMillis, long memoryBytes) {

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
        if (gpus < 0 || cpuMillis < 0 || memoryBytes < 0) {
            throw new IllegalArgumentException("amounts are at least 0, got " + gpus + " GPUs, " + cpuMillis
                    + " milli-processors and " + memoryBytes + " bytes");
        }
    }

    /** GPUs, with as many processors and as much memory as there are. */
    public static Amounts ofGpus(long gpus) {
        return new Amounts(gpus, UNLIMITED, UNLIMITED);
    }

    long[] toArray() {
        return new long[] {gpus, cpuMillis, memoryBytes};
    }

    /** What a job wants. */
    public static Amounts of(ClusterJob job) {
        long[] need = new long[KINDS];
        write(job, job.gpus(), need);
        return new Amounts(need[GPUS], need[CPUS], need[MEMORY]);
    }

    /** Writes what a job wants on some GPUs. */
    static void write(ClusterJob job, int gpusOfJob, long[] need) {
        need[GPUS] = gpusOfJob;
        need[CPUS] = Math.round(1000 * job.traits().cpus() * gpusOfJob);
        need[MEMORY] = Math.round(job.traits().memoryBytes() * gpusOfJob);
    }
}
