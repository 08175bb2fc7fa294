package trainyard.scheduler.speed;

/**
 * How fast a job works as its work gets on: one speed after the other, each until so much work is left. Counted by what is left, so
 * that work which is lost is done again at the speed that it had.
 */
public final class WorkPace {

    private static final WorkPace ONE = new WorkPace(new double[] {0}, new double[] {1});

    private final double[] leftNanos;
    private final double[] workPerNano;

    private WorkPace(double[] leftNanos, double[] workPerNano) {
        this.leftNanos = leftNanos;
        this.workPerNano = workPerNano;
    }

    /**
     * One speed for all work.
     *
     * @param workPerNano above 0
     */
    public static WorkPace constant(double workPerNano) {
        return workPerNano == 1 ? ONE : new WorkPace(new double[] {0}, new double[] {workPerNano});
    }

    /**
     * Several speeds.
     *
     * @param leftNanos work left at which each of them ends, descending to 0
     * @param workPerNano the speeds, each above 0
     */
    public static WorkPace of(double[] leftNanos, double[] workPerNano) {
        if (leftNanos.length == 0 || leftNanos.length != workPerNano.length || leftNanos[leftNanos.length - 1] != 0) {
            throw new IllegalArgumentException("each speed has an end, the last one where no work is left");
        }
        return new WorkPace(leftNanos.clone(), workPerNano.clone());
    }

    /** The same, faster by a factor. */
    public WorkPace times(double factor) {
        double[] scaled = workPerNano.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return new WorkPace(leftNanos, scaled);
    }

    /** Whether there is one speed for all work. */
    public boolean isConstant() {
        return workPerNano.length == 1;
    }

    /** The first speed. */
    public double first() {
        return workPerNano[0];
    }

    /** Work that is done in some time if so much is left at its beginning. */
    public long work(long left, long nanos) {
        double time = nanos;
        double now = left;
        for (int i = 0; i < leftNanos.length; i++) {
            double needs = (now - leftNanos[i]) / workPerNano[i];
            if (needs > time) {
                return Math.min(left, (long) (left - now + time * workPerNano[i]));
            }
            time -= Math.max(0, needs);
            now = Math.min(now, leftNanos[i]);
        }
        return left;
    }

    /** The shortest time in which some of what is left is done. */
    public long nanos(long left, long work) {
        double time = 0;
        double now = left;
        double target = left - work;
        for (int i = 0; i < leftNanos.length && now > target; i++) {
            double next = Math.min(now, Math.max(target, leftNanos[i]));
            time += (now - next) / workPerNano[i];
            now = next;
        }
        long nanos = (long) Math.ceil(time);
        return work(left, nanos) < work ? nanos + 1 : nanos;
    }
}
