package trainyard.sim.stats;

/**
 * The average over time of a level that changes at instants, such as a queue length or the number of busy GPUs: its
 * integral over the time observed. Feed it every change; it holds the level in between.
 */
public final class TimeAverage {
    private final long startNanos;
    private long changedNanos;
    private double level;
    private double integral;
    private double min;
    private double max;

    /**
     * Starts to observe.
     *
     * @param startNanos when
     * @param level the level at that time
     */
    public TimeAverage(long startNanos, double level) {
        this.startNanos = startNanos;
        this.changedNanos = startNanos;
        this.level = level;
        this.min = level;
        this.max = level;
    }

    /**
     * Takes a new level.
     *
     * @param nowNanos not before the change before
     * @throws IllegalArgumentException if time runs backwards
     */
    public void set(long nowNanos, double newLevel) {
        integral += area(nowNanos);
        changedNanos = nowNanos;
        level = newLevel;
        min = Math.min(min, newLevel);
        max = Math.max(max, newLevel);
    }

    /** Raises or, by a negative step, lowers the level. */
    public void change(long nowNanos, double step) {
        set(nowNanos, level + step);
    }

    public double level() {
        return level;
    }

    /** Level times nanoseconds from the start up to a time that is not before the last change. */
    public double integral(long nowNanos) {
        return integral + area(nowNanos);
    }

    /** The mean level from the start up to a time; the level itself if no time has passed. */
    public double mean(long nowNanos) {
        return nowNanos == startNanos ? level : integral(nowNanos) / (nowNanos - startNanos);
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    private double area(long nowNanos) {
        if (nowNanos < changedNanos) {
            throw new IllegalArgumentException(
                    "time (" + nowNanos + " ns) lies before the last change (" + changedNanos + " ns)");
        }
        return level * (nowNanos - changedNanos);
    }
}
