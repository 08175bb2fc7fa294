package trainyard.training.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.random.RandomStreams;
import trainyard.training.clock.Alarms;
import trainyard.training.clock.GradientWork;
import trainyard.training.clock.Workers;
import trainyard.training.compression.Compressor;
import trainyard.training.optimizer.StalenessPolicy;
import trainyard.training.optimizer.VersionedParameters;
import trainyard.training.problem.Batch;
import trainyard.training.problem.Problem;
import trainyard.training.rule.GradientTransfer.Cost;
import trainyard.training.wire.Wire;

/**
 * What an update rule works with in one run.
 *
 * <p>Gradients are computed when they are asked for, which is when they are applied: one that is dropped costs virtual time and
 * no real time.
 */
public final class TrainingContext {
    private final Alarms alarms;
    private final Workers workers;
    private final Wire wire;
    private final Problem problem;
    private final VersionedParameters model;
    private final Ledger ledger;
    private final RandomStreams streams;
    private final Recipe recipe;
    private final double bytesPerParameter;
    private final GradientTransfer exchange;
    private final Gradients gradients;
    private final StalenessPolicy.Steps steps;
    /** Of parameters, or a part of them, that a worker has for itself. */
    private final StalenessPolicy.Steps[] ownSteps;

    private final double[] sum;
    private Supplier<double[]> shown;
    private Runnable whenUpdated = () -> {};
    private Runnable whenStepped = () -> {};
    private boolean isFinite = true;

    /**
     * What is stated of a run.
     *
     * @param rule whose optimizer the shared parameters have
     * @param recipe how gradients change parameters
     * @param bytesPerParameter on the wire, uncompressed
     * @param serverSeconds time that the servers take in for one gradient, one after the other
     */
    public record Settings(UpdateRule rule, Recipe recipe, double bytesPerParameter, double serverSeconds) {}

    public TrainingContext(
            Alarms alarms, Workers workers, Wire wire, Problem problem, RandomStreams streams, Settings settings) {
        this.alarms = alarms;
        this.workers = workers;
        this.wire = wire;
        this.problem = problem;
        this.streams = streams;
        recipe = settings.recipe();
        bytesPerParameter = settings.bytesPerParameter();
        model = new VersionedParameters(problem.start(), settings.rule().sharedOptimizer(recipe.optimizer()));
        ledger = new Ledger(workers.count());
        Optional<Compressor> compressor = recipe.gradients()
                .compressing()
                .map(how -> new Compressor(how.kind(), problem.blocks(), how.hasFeedback(), streams));
        exchange = new GradientTransfer(alarms, wire, cost(compressor), settings.serverSeconds(), workers.slowness());
        gradients = new Gradients(problem, recipe.gradients(), compressor, ledger);
        steps = recipe.staleness().begin();
        ownSteps = new StalenessPolicy.Steps[workers.count()];
        Arrays.setAll(ownSteps, worker -> recipe.staleness().begin());
        sum = new double[problem.parameters()];
        shown = model::read;
    }

    private Cost cost(Optional<Compressor> compressor) {
        return compressor
                .map(link -> Cost.of(
                        link.message(),
                        recipe.gradients().compressing().orElseThrow(),
                        bytesPerParameter / Float.BYTES))
                .orElse(Cost.dense(parameterBytes()));
    }

    public Alarms alarms() {
        return alarms;
    }

    public Workers workers() {
        return workers;
    }

    /** The network, for what is not a gradient or in place of one. */
    public Wire wire() {
        return wire;
    }

    /** The network, for gradients and what is in place of them. */
    public GradientTransfer exchange() {
        return exchange;
    }

    /** The parameters that all workers share. */
    public VersionedParameters model() {
        return model;
    }

    /** Parameters of a worker's own that start where the shared ones do, with the optimizer of the run. */
    public VersionedParameters replica() {
        return new VersionedParameters(problem.start(), recipe.optimizer());
    }

    public Problem problem() {
        return problem;
    }

    public Ledger ledger() {
        return ledger;
    }

    /**
     * Randomness of the rule.
     *
     * @param purpose what is drawn
     * @param worker for whom
     */
    public UniformRandomProvider random(String purpose, int worker) {
        return streams.stream(purpose, worker);
    }

    /** Bytes of all parameters on the wire. */
    public double parameterBytes() {
        return bytesPerParameter * problem.parameters();
    }

    /** The learning rate of now. */
    public double rate() {
        return recipe.rate().at(ledger.examples());
    }

    /** Lets a worker compute its next gradient at the shared parameters of now. */
    public void compute(int worker) {
        compute(worker, model.read(), model.version());
    }

    /** Lets a worker compute its next gradient at parameters that it has read before, or that are its own. */
    public void compute(int worker, double[] parameters, long version) {
        workers.compute(new GradientWork(worker, parameters, version, nextBatch(worker)));
    }

    /** The examples of a worker's next gradient. */
    public Batch nextBatch(int worker) {
        return new Batch(worker, workers.batches(worker), recipe.batch());
    }

    /** Examples of a gradient. */
    public int batch() {
        return recipe.batch();
    }

    /** Ends the wait of all workers, for what they now do together. */
    public void letAllGo() {
        for (int worker = 0; worker < workers.count(); worker++) {
            workers.letGo(worker);
        }
    }

    /** Drops what a worker computes. */
    public void drop(int worker) {
        if (workers.cancel(worker)) {
            ledger.waste(recipe.batch());
        }
    }

    /** Drops a gradient that was computed. */
    public void drop(GradientWork work) {
        ledger.waste(work.batch().examples());
    }

    /** Drops gradients that a worker has applied to parameters of its own which are lost. */
    public void undo(int worker, long count) {
        ledger.undo(worker, count, recipe.batch());
    }

    /** Forgets what a worker that fails had remembered. */
    public void forget(int worker) {
        gradients.forget(worker);
    }

    /** Changes the shared parameters by one late gradient. */
    public void update(GradientWork work) {
        double factor = steps.factor(model.version() - work.version());
        steps.updated(factor);
        double rate = rate() * factor;
        update(gradients.sent(work, model), rate);
    }

    /** Changes the shared parameters. */
    public void update(double[] direction, double rate) {
        model.update(direction, rate);
        updated();
    }

    /**
     * Changes the shared parameters by the mean of gradients, summed in the order of the list. Late ones count less beside the
     * others, and the rate is lower by the mean factor.
     */
    public void update(List<GradientWork> works) {
        update(works, rate());
    }

    private void update(List<GradientWork> works, double rate) {
        Arrays.fill(sum, 0);
        double factors = 0;
        for (GradientWork work : works) {
            double factor = steps.factor(model.version() - work.version());
            factors += factor;
            add(gradients.sent(work, model), factor, sum);
        }
        double total = factors > 0 ? factors : 1;
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= total;
        }
        double meanFactor = factors / works.size();
        steps.updated(meanFactor);
        update(sum, rate * meanFactor);
    }

    private static void add(double[] values, double factor, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * values[i];
        }
    }

    /** Changes the shared parameters by the mean of gradients that workers bring together, none of them late. */
    public void updateTogether(List<GradientWork> works) {
        updateTogether(works, rate());
    }

    /** The same at another learning rate than that of now. */
    public void updateTogether(List<GradientWork> works, double rate) {
        if (recipe.gradients().compressing().isEmpty()) {
            update(works, rate);
            return;
        }
        update(gradients.together(works, model), rate);
    }

    /**
     * The mean of what workers bring together in place of gradients; valid until the next call.
     *
     * @param each of each worker
     */
    public double[] mean(double[][] each) {
        int[] all = new int[each.length];
        Arrays.setAll(all, worker -> worker);
        return gradients.mean(all, each);
    }

    /** What arrives of values that a worker sends in place of a gradient; valid until the next call. */
    public double[] sent(int worker, double[] values) {
        return gradients.sent(worker, values);
    }

    /** Changes a worker's own parameters by its gradient; no update of the rule. */
    public void step(GradientWork work, VersionedParameters replica) {
        double factor = ownFactor(work.worker(), replica.version() - work.version());
        double rate = rate() * factor;
        replica.update(gradients.own(work, replica), rate);
        isFinite &= replica.isFinite();
        whenStepped.run();
    }

    /** The gradient of a work as it is, clipped where that is wanted, without counting it; valid until the next call. */
    public double[] gradient(GradientWork work) {
        return gradients.of(work);
    }

    /**
     * Changes a part of the shared parameters.
     *
     * @param worker who holds that part
     * @param staleness of the direction, in updates of that part
     * @param from index of the first parameter
     * @param to index behind the last one
     */
    public void updatePart(int worker, long staleness, double[] direction, double rate, int from, int to) {
        ledger.apply(worker, 0, staleness);
        model.update(direction, rate * ownFactor(worker, staleness), from, to);
    }

    private double ownFactor(int worker, long staleness) {
        double factor = ownSteps[worker].factor(staleness);
        ownSteps[worker].updated(factor);
        return factor;
    }

    /** Counts examples whose gradient has been applied to all parts of the parameters. */
    public void learned(long examples) {
        ledger.learn(examples);
    }

    /** Counts a change of parameters as an update of the rule. */
    public void updated() {
        ledger.update();
        isFinite &= model.isFinite();
        whenUpdated.run();
    }

    /** Whether all parameters have been numbers after every change. */
    public boolean isFinite() {
        return isFinite;
    }

    /** Says what runs behind each update of the rule. */
    public void onUpdate(Runnable code) {
        whenUpdated = code;
    }

    /** Says what runs behind each step of a worker's own parameters. */
    public void onStep(Runnable code) {
        whenStepped = code;
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
