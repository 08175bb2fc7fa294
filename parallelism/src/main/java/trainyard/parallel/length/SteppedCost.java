package trainyard.parallel.length;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.step.StepModel;
import trainyard.parallel.step.cost.StepCost;

/**
 * Micro-batches priced by the model of a step. A step of so many micro-batches more takes so much longer; the time of one is
 * that difference, and what a step takes besides is what is left.
 */
public final class SteppedCost implements MicroBatchCost {

    private final StepModel model;
    private final TrainingJob job;
    private final Map<Shape, Priced> known = new ConcurrentHashMap<>();

    private record Shape(int sequences, int tokens) {}

    private record Priced(double bytes, double seconds, double restSeconds) {}

    /**
     * @param job its batch says how many sequences a micro-batch has at most
     */
    public SteppedCost(StepModel model, TrainingJob job) {
        this.model = model;
        this.job = job;
    }

    private Priced priced(int sequences, int tokens) {
        return known.computeIfAbsent(new Shape(sequences, tokens), this::price);
    }

    private Priced price(Shape shape) {
        int some = job.microBatches();
        StepCost once = cost(shape, some);
        StepCost twice = cost(shape, 2 * some);
        double seconds = (twice.seconds() - once.seconds()) / some;
        return new Priced(once.memory().peak().totalBytes(), seconds, Math.max(0, once.seconds() - some * seconds));
    }

    private StepCost cost(Shape shape, int microBatches) {
        int global = Math.toIntExact((long) shape.sequences() * job.plan().data() * microBatches);
        return model.cost(job.with(new Batch(global, shape.sequences(), shape.tokens())));
    }

    @Override
    public double peakBytes(int sequences, int tokens) {
        return priced(sequences, tokens).bytes();
    }

    @Override
    public double seconds(int sequences, int tokens) {
        return priced(sequences, tokens).seconds();
    }

    /** What a step takes besides its micro-batches, such as filling the pipeline, summing gradients and the update. */
    public double restSeconds(int sequences, int tokens) {
        return priced(sequences, tokens).restSeconds();
    }
}
