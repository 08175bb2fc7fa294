package trainyard.training.optimizer;

/**
 * Parameters that updates change. Who reads them gets a version that no later update touches; it is copied only when an
 * update comes while somebody may hold it.
 */
public final class VersionedParameters {
    private final Optimizer optimizer;
    private Optimizer.Steps steps;
    private double[] values;
    private boolean isLent;
    private long version;
    private boolean isFinite = true;

    /**
     * @param start is kept and not changed
     */
    public VersionedParameters(double[] start, Optimizer optimizer) {
        this.optimizer = optimizer;
        values = start;
        isLent = true;
        steps = optimizer.begin(start.length);
    }

    /** The parameters of now, for good: later updates leave this array alone. */
    public double[] read() {
        isLent = true;
        return values;
    }

    /** The parameters of now, to be looked at before the next update and not changed. */
    public double[] peek() {
        return values;
    }

    /** Number of updates so far. */
    public long version() {
        return version;
    }

    /** Whether all parameters have been numbers after every update. */
    public boolean isFinite() {
        return isFinite;
    }

    /**
     * One update.
     *
     * @param gradient not changed
     * @param rate learning rate, 0 or more
     */
    public void update(double[] gradient, double rate) {
        update(gradient, rate, 0, values.length);
    }

    /**
     * One update of a part of the parameters.
     *
     * @param gradient of all, not changed
     * @param rate learning rate, 0 or more
     * @param from index of the first parameter
     * @param to index behind the last one
     */
    public void update(double[] gradient, double rate, int from, int to) {
        double[] old = values;
        if (isLent) {
            boolean isWhole = from == 0 && to == old.length;
            values = isWhole ? new double[old.length] : old.clone();
            isLent = false;
        }
        isFinite &= Double.isFinite(steps.step(old, gradient, rate, values, from, to));
        version++;
    }

    /**
     * Replaces the parameters, as an average over replicas does; counts as an update.
     *
     * @param parameters are kept and not changed
     */
    public void set(double[] parameters) {
        double sum = 0;
        for (double value : parameters) {
            sum += value;
        }
        isFinite &= Double.isFinite(sum);
        values = parameters;
        isLent = true;
        version++;
    }

    /** Forgets what the optimizer kept, as is lost with a worker that fails. */
    public void forget() {
        steps = optimizer.begin(values.length);
    }
}
