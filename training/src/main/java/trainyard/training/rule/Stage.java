package trainyard.training.rule;

import java.util.function.Supplier;
import trainyard.training.clock.Alarms;
import trainyard.training.clock.Work;
import trainyard.training.clock.Workers;
import trainyard.training.optimizer.LearningRate;
import trainyard.training.optimizer.Model;
import trainyard.training.optimizer.StalenessPolicy;
import trainyard.training.problem.Batch;
import trainyard.training.problem.Problem;
import trainyard.training.wire.Wire;

/**
 * What an update rule works with in one run.
 *
 * <p>Gradients are computed when they are asked for, which is when they are applied: one that is dropped costs virtual time and
 * no real time.
 */
public final class Stage {
    private static final int SERVED_PRIORITY = 0;

    private final Alarms alarms;
    private final Workers workers;
    private final Wire wire;
    private final Problem problem;
    private final Model model;
    private final Ledger ledger;
    private final Settings settings;
    private final double[] gradient;
    private Supplier<double[]> shown;
    private Runnable whenUpdated = () -> {};
    private double serverFreeAt;

    /**
     * What is the same under every rule.
     *
     * @param batch examples of a gradient
     * @param rate learning rate
     * @param staleness how much less late gradients count
     * @param parameterBytes bytes of all parameters on the wire
     * @param serverSeconds time that the servers take in for one gradient, one after the other
     */
    public record Settings(
            int batch, LearningRate rate, StalenessPolicy staleness, double parameterBytes, double serverSeconds) {}

    public Stage(
            Alarms alarms, Workers workers, Wire wire, Problem problem, Model model, Ledger ledger, Settings settings) {
        this.alarms = alarms;
        this.workers = workers;
        this.wire = wire;
        this.problem = problem;
        this.model = model;
        this.ledger = ledger;
        this.settings = settings;
        gradient = new double[problem.parameters()];
        shown = model::read;
    }

    public Alarms alarms() {
        return alarms;
    }

    public Workers workers() {
        return workers;
    }

    public Wire wire() {
        return wire;
    }

    /** The parameters that all workers share. */
    public Model model() {
        return model;
    }

    public Problem problem() {
        return problem;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Bytes of all parameters on the wire. */
    public double parameterBytes() {
        return settings.parameterBytes();
    }

    /** Bytes of one gradient on the wire. */
    public double gradientBytes() {
        return settings.parameterBytes();
    }

    /** The learning rate of now. */
    public double rate() {
        return settings.rate().at(ledger.examples());
    }

    /** Lets a worker compute its next gradient at the shared parameters of now. */
    public void compute(int worker) {
        compute(worker, model.read(), model.version());
    }

    /** Lets a worker compute its next gradient at parameters that it has read before, or that are its own. */
    public void compute(int worker, double[] parameters, long version) {
        Batch batch = new Batch(worker, workers.batches(worker), settings.batch());
        workers.compute(new Work(worker, parameters, version, batch));
    }

    /** Runs code when the servers have taken in a gradient that arrives now, behind those that came before. */
    public void serve(Runnable code) {
        if (settings.serverSeconds() == 0) {
            code.run();
            return;
        }
        serverFreeAt = Math.max(alarms.seconds(), serverFreeAt) + settings.serverSeconds();
        alarms.after(serverFreeAt - alarms.seconds(), SERVED_PRIORITY, code);
    }

    /** Drops what a worker computes. */
    public void drop(int worker) {
        if (workers.cancel(worker)) {
            ledger.waste(settings.batch());
        }
    }

    /** Drops a gradient that was computed. */
    public void drop(Work work) {
        ledger.waste(work.batch().examples());
    }

    /**
     * The gradient of a work as it arrives; valid until the next call. Counts it as applied, with its staleness in updates of the
     * shared parameters.
     */
    public double[] arrived(Work work) {
        problem.gradient(work.parameters(), work.batch(), gradient);
        ledger.apply(work.worker(), work.batch().examples(), model.version() - work.version());
        return gradient;
    }

    /** Changes the shared parameters by one late gradient. */
    public void update(Work work) {
        double rate = rate() * settings.staleness().factor(model.version() - work.version());
        update(arrived(work), rate);
    }

    /** Changes the shared parameters. */
    public void update(double[] direction, double rate) {
        model.update(direction, rate);
        updated();
    }

    /** Counts a change of parameters that a rule made by itself. */
    public void updated() {
        ledger.update();
        whenUpdated.run();
    }

    /** Says what runs behind each update. */
    public void onUpdate(Runnable code) {
        whenUpdated = code;
    }

    /** Changes the shared parameters by the mean of gradients, summed in the order of the list. */
    public void update(Iterable<Work> works) {
        double[] sum = new double[gradient.length];
        double rate = rate();
        int count = 0;
        for (Work work : works) {
            double factor = settings.staleness().factor(model.version() - work.version());
            add(arrived(work), factor, sum);
            count++;
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= count;
        }
        update(sum, rate);
    }

    private static void add(double[] values, double factor, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * values[i];
        }
    }

    /** Says whose loss is shown, where it is not that of the shared parameters. */
    public void show(Supplier<double[]> parameters) {
        shown = parameters;
    }

    /** The parameters whose loss is shown, not to be changed. */
    public double[] shown() {
        return shown.get();
    }
}
