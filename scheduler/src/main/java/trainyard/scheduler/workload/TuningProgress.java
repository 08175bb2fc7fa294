package trainyard.scheduler.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * The model that a search would hand over as time goes on: of those that it has seen, the one that has shown the least loss.
 *
 * @param points at each end of a stage, in the order of time
 */
public record TuningProgress(List<Point> points) {

    /**
     * After a stage.
     *
     * @param nanos when it ended
     * @param gpuNanos GPU time of all stages until then
     * @param loss true loss of the best model
     */
    public record Point(long nanos, double gpuNanos, double loss) {}

    public TuningProgress {
        points = List.copyOf(points);
    }

    /** Takes down stages in the order in which they end. */
    static final class Log {

        private final List<Point> points = new ArrayList<>();
        private double gpuNanos;
        private double leastShown = Double.POSITIVE_INFINITY;
        private double loss;

        void ended(long nanos, double gpuNanosOfStage, double shown, double trueLoss) {
            gpuNanos += gpuNanosOfStage;
            if (shown < leastShown) {
                leastShown = shown;
                loss = trueLoss;
            }
            points.add(new Point(nanos, gpuNanos, loss));
        }

        TuningProgress progress() {
            return new TuningProgress(points);
        }
    }
}
