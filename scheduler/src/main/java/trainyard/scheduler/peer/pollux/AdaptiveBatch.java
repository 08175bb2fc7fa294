package trainyard.scheduler.peer.pollux;

import java.util.Arrays;
import java.util.Optional;

/**
 * A job chooses its batch by goodput: of fifty at equal ratios the one that teaches most a second by the gradients that its last step showed. Until it has
 * made one it keeps the smallest.
 */
final class AdaptiveBatch implements TrainingJob.BatchChoice {

    private static final int TRIED = 50;
    private static final double ROUNDING = 1e-8;

    private final Application application;
    private Optional<Application.Gradient> seen = Optional.empty();
    private int mostReplicas;

    AdaptiveBatch(Application application) {
        this.application = application;
    }

    /** Whether it has made a step. */
    boolean isKnown() {
        return seen.isPresent();
    }

    /** Most replicas with which it has made a step. */
    int mostReplicas() {
        return mostReplicas;
    }

    @Override
    public TrainingJob.Batch choose(int[] placement) {
        int replicas = Arrays.stream(placement).sum();
        return seen.isEmpty()
                ? TrainingJob.fixed(
                        application,
                        Math.max(application.initialBatch(), application.leastLocalBatch() * replicas),
                        replicas)
                : best(placement);
    }

    @Override
    public void observe(int[] placement, TrainingJob.Batch batch, StepTime time, Application.Gradient gradient) {
        seen = Optional.of(gradient);
        mostReplicas = Math.max(mostReplicas, Arrays.stream(placement).sum());
    }

    private TrainingJob.Batch best(int[] placement) {
        int replicas = Arrays.stream(placement).sum();
        double low = Math.max(application.initialBatch(), application.leastLocalBatch() * replicas);
        double high = application.mostBatch();
        TrainingJob.Batch best = TrainingJob.fixed(application, (int) low, replicas);
        double most = 0;
        for (int i = 0; i < TRIED; i++) {
            double local = low * Math.pow(high / low, i / (TRIED - 1.0)) / replicas;
            TrainingJob.Batch tried = split(local, replicas);
            double goodput = goodput(placement, tried, replicas);
            if (isPossible(tried) && goodput > most) {
                most = goodput;
                best = tried;
            }
        }
        return best;
    }

    /** On one replica at least two passes, since one alone tells nothing of the variance of gradients. */
    private TrainingJob.Batch split(double local, int replicas) {
        int accumulations = (int) Math.ceil(local / application.mostLocalBatch() - ROUNDING) - 1;
        if (replicas == 1 && local > application.initialBatch() + ROUNDING) {
            accumulations = Math.max(1, accumulations);
        }
        int atomic = (int) Math.ceil(local / (accumulations + 1) - ROUNDING);
        int room = application.mostBatch() / (replicas * (accumulations + 1));
        return new TrainingJob.Batch(Math.min(atomic, room), accumulations);
    }

    private boolean isPossible(TrainingJob.Batch batch) {
        return batch.atomic() >= application.leastLocalBatch() && batch.atomic() <= application.mostLocalBatch();
    }

    /** Steps of the initial batch a second that the best batch there is worth. */
    double goodput(int[] placement) {
        return goodput(placement, choose(placement), Arrays.stream(placement).sum());
    }

    private double goodput(int[] placement, TrainingJob.Batch batch, int replicas) {
        if (!isPossible(batch)) {
            return 0;
        }
        StepTime time = application.times().at(placement, batch.atomic());
        double scale = (double) replicas * batch.atomic() * batch.passes() / application.initialBatch();
        return seen.orElseThrow().gain(scale) / (time.step() + time.accumulation() * batch.accumulations());
    }
}
