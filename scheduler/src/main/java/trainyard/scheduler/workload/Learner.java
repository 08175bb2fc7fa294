package trainyard.scheduler.workload;

/**
 * A model in training under some hyper-parameter. Its loss tends to a floor that says how far the hyper-parameter is from the best one:
 * {@code d(loss)/dt = -|y| y / half} with {@code y = loss - |offset|}, so that under one hyper-parameter {@code y = y0 / (1 + |y0| t / half)}, a
 * power law. It is <em>assumed</em>, and has two uses: curves cross, so that the best in the end may look bad early on; and whoever
 * copies a model and changes its hyper-parameter goes on from its loss towards another floor.
 *
 * @param offset logarithm of the hyper-parameter over the best one, in standard deviations of those that are tried
 * @param loss the lower, the better; 0 is the least that there is
 */
public record Learner(double offset, double loss) {

    /** The same after more training. */
    Learner trained(double seconds, double halfSeconds) {
        double floor = Math.abs(offset);
        double gap = loss - floor;
        return new Learner(offset, floor + gap / (1 + Math.abs(gap) * seconds / halfSeconds));
    }

    /** The same model under another hyper-parameter. */
    Learner with(double otherOffset) {
        return new Learner(otherOffset, loss);
    }
}
