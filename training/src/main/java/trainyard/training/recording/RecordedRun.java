package trainyard.training.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import trainyard.training.clock.CoreSpeeds;
import trainyard.training.rule.Ledger;
import trainyard.training.run.LossCurve;
import trainyard.training.run.LossPoint;
import trainyard.training.run.TrainingOutcome;
import trainyard.training.run.TrainingOutcome.Divergence;
import trainyard.training.run.WorkerUse;

/**
 * A run of a real machine.
 *
 * @param rule word of its update rule
 * @param workers processes that computed gradients
 * @param batch examples of a gradient
 * @param updateBytes bytes that all of them sent for an update
 * @param machine where and under which load, for people
 * @param startLoss loss before the first update
 * @param gradients in the order of their updates
 */
public record RecordedRun(
        String rule,
        int workers,
        int batch,
        double updateBytes,
        String machine,
        double startLoss,
        List<RecordedGradient> gradients) {

    public RecordedRun {
        gradients = List.copyOf(gradients);
        if (gradients.isEmpty()) {
            throw new IllegalArgumentException("a run without gradients");
        }
    }

    /** When each update was done, in seconds. */
    public double[] updateSeconds() {
        Map<Long, Double> seconds = new LinkedHashMap<>();
        gradients.forEach(gradient -> seconds.put(gradient.update(), gradient.seconds()));
        return seconds.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Mean time of an update, in seconds. */
    public double secondsPerUpdate() {
        double[] done = updateSeconds();
        return done[done.length - 1] / done.length;
    }

    /** How fast the cores were, gradient by gradient; empty where one of them has no speed, or a worker no gradient. */
    public Optional<CoreSpeeds> coreSpeeds() {
        List<List<Double>> computing = speeds(RecordedGradient.Core::computing);
        boolean areAllKnown =
                gradients.stream().allMatch(gradient -> gradient.core().isPresent())
                        && computing.stream().noneMatch(List::isEmpty);
        return areAllKnown
                ? Optional.of(new CoreSpeeds(computing, speeds(RecordedGradient.Core::ring)))
                : Optional.empty();
    }

    private List<List<Double>> speeds(Function<RecordedGradient.Core, Double> which) {
        return IntStream.range(0, workers)
                .mapToObj(worker -> gradients.stream()
                        .filter(gradient -> gradient.worker() == worker)
                        .flatMap(gradient -> gradient.core().map(which).stream())
                        .toList())
                .toList();
    }

    /** The run told like a simulated one, with losses up to the first that is no number; it has no parameters. */
    public TrainingOutcome outcome() {
        RecordedGradient last = gradients.get(gradients.size() - 1);
        Ledger ledger = Ledger.recorded(workers, last.update());
        List<LossPoint> points = new ArrayList<>(List.of(new LossPoint(0, 0, 0, 0, startLoss)));
        Optional<Divergence> divergence = divergence();
        double[] computing = new double[workers];
        for (RecordedGradient gradient : gradients) {
            ledger.record(gradient.worker(), batch, gradient.staleness());
            computing[gradient.worker()] += gradient.computeSeconds();
            boolean isShown = gradient.loss().isPresent()
                    && divergence.map(at -> gradient.update() < at.update()).orElse(true);
            if (isShown) {
                points.add(point(gradient, ledger.examples()));
            }
        }
        List<WorkerUse> uses = new ArrayList<>();
        for (double seconds : computing) {
            uses.add(new WorkerUse(seconds, 0, Math.max(0, last.seconds() - seconds), 0));
        }
        return new TrainingOutcome(
                new LossCurve(points),
                ledger,
                last.seconds(),
                last.update() * updateBytes,
                last.update() * updateBytes,
                uses,
                List.of(),
                0,
                divergence,
                new double[0]);
    }

    private LossPoint point(RecordedGradient gradient, long examples) {
        return new LossPoint(
                gradient.seconds(),
                gradient.update(),
                examples,
                gradient.update() * updateBytes,
                gradient.loss().orElseThrow());
    }

    private Optional<Divergence> divergence() {
        return gradients.stream()
                .filter(gradient -> gradient.loss().isPresent()
                        && !Double.isFinite(gradient.loss().getAsDouble()))
                .findFirst()
                .map(bad -> new Divergence(bad.update(), bad.seconds(), "the loss is no number"));
    }
}
