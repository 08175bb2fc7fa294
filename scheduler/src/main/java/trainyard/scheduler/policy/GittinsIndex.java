package trainyard.scheduler.policy;

import java.util.Arrays;

/**
 * The Gittins index (Gittins, 1979; for GPU jobs: Gu et al., Tiresias, NSDI 2019): the job runs that is most likely to end soon for the
 * service that it will take. With attained GPU time {@code a}, quantum {@code D} and service {@code S} of a job:
 * {@code G(a) = P(S <= a + D | S > a) / E[min(S - a, D) | S > a]}; the largest first. The index is taken at whole quanta; within
 * one quantum a job that runs goes on, then comes the one that was first to arrive.
 *
 * <p>The distribution of S is that of samples, or, where none are given, of the jobs that have ended, taken anew whenever their number
 * has doubled; before the first has ended the least attained service comes first.
 */
public final class GittinsIndex implements JobRank {

    /** Quanta for which an index is kept; beyond them all are alike. */
    private static final int MOST_QUANTA = 100_000;

    private static final double INDEX_GRAIN = 1e15;

    private final long quantum;
    private final boolean learns;
    private long[] samples;
    private int count;
    private int learnAt = 1;
    private boolean changed;
    /** By quanta of attained service, less urgent as it grows. */
    private long[] ranks = {};

    /**
     * @param quantumGpuSeconds GPU-seconds, above 0
     * @param sampleGpuSeconds service of jobs in GPU-seconds; empty to learn it
     */
    public GittinsIndex(double quantumGpuSeconds, double[] sampleGpuSeconds) {
        if (!(quantumGpuSeconds > 0)) {
            throw new IllegalArgumentException("a quantum is above 0, got " + quantumGpuSeconds);
        }
        quantum = Math.max(1, Services.ofGpuSeconds(quantumGpuSeconds));
        samples = Arrays.stream(sampleGpuSeconds)
                .mapToLong(Services::ofGpuSeconds)
                .toArray();
        count = samples.length;
        learns = count == 0;
        if (!learns) {
            rank();
        }
    }

    @Override
    public String name() {
        return "gittins";
    }

    @Override
    public long of(SchedulingContext context, int job) {
        long quanta = Services.of(context, context.attainedNanos(job), job) / quantum;
        long rank = ranks.length == 0 ? quanta : ranks[(int) Math.min(quanta, ranks.length - 1)];
        return 2 * rank + (context.isRunning(job) ? 0 : 1);
    }

    @Override
    public long attainedToGrowthNanos(SchedulingContext context, int job) {
        long service = Services.of(context, context.attainedNanos(job), job);
        return service / quantum >= ranks.length && ranks.length > 0
                ? Long.MAX_VALUE
                : Services.nanosUntil(context, quantum - service % quantum, job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        if (learns) {
            if (count == samples.length) {
                samples = Arrays.copyOf(samples, Math.max(16, 2 * count));
            }
            samples[count++] = Services.of(context, context.attainedNanos(job), job);
            if (count == learnAt) {
                learnAt *= 2;
                rank();
                changed = true;
            }
        }
    }

    @Override
    public boolean allChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    private void rank() {
        long[] sorted = Arrays.copyOf(samples, count);
        Arrays.sort(sorted);
        double[] sums = new double[count + 1];
        for (int i = 0; i < count; i++) {
            sums[i + 1] = sums[i] + sorted[i];
        }
        int quanta = (int) Math.min(sorted[count - 1] / quantum + 1, MOST_QUANTA);
        ranks = new long[quanta + 1];
        for (int k = 0; k < quanta; k++) {
            ranks[k] = -Math.round(index(sorted, sums, k * quantum) * INDEX_GRAIN);
        }
    }

    /** Over all samples above a service: those that end within the quantum, over the service that all take in it. */
    private double index(long[] sorted, double[] sums, long attained) {
        int from = firstAbove(sorted, attained);
        int to = firstAbove(sorted, attained + quantum);
        double taken =
                sums[to] - sums[from] - (double) attained * (to - from) + (double) quantum * (sorted.length - to);
        return to == from ? 0 : (to - from) / taken;
    }

    private static int firstAbove(long[] sorted, long service) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] > service) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
