package trainyard.faults.recovery;

/**
 * What one step is. Of the GPU time of those that take part, what is neither useful nor redundant is lost to slow steps.
 *
 * @param stepNanos how long it takes, above 0
 * @param samples samples that it trains on, at least 1
 * @param usefulGpuNanos GPU time that the same samples take on the whole, healthy job
 * @param redundantGpuNanos GPU time of work done a second time so that a fault destroys none of it
 */
public record Pace(long stepNanos, long samples, long usefulGpuNanos, long redundantGpuNanos) {

    public Pace {
        if (stepNanos < 1 || samples < 1 || usefulGpuNanos < 0 || redundantGpuNanos < 0) {
            throw new IllegalArgumentException("a step takes time and trains on samples, got " + stepNanos + " ns, "
                    + samples + " samples, " + usefulGpuNanos + " and " + redundantGpuNanos + " GPU-ns");
        }
    }

    /** The same step, longer by a factor of at least 1; what it takes more is lost. */
    public Pace stretched(double factor) {
        return new Pace(
                Math.max(stepNanos, Math.round(stepNanos * factor)), samples, usefulGpuNanos, redundantGpuNanos);
    }
}
