package trainyard.training.experiment;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import trainyard.sim.random.RandomStreams;
import trainyard.training.optimizer.LearningRate;
import trainyard.training.problem.Problem;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingOutcome;
import trainyard.training.run.TrainingRun;

/**
 * Trial runs of one design at any learning rate.
 *
 * @param design the design; of its rate the schedule alone is used
 * @param problems the problem of a seed
 * @param target loss to be reached; empty: runs are judged by their last loss
 * @param streams of the scenario
 * @param runs trial runs of each rate
 */
public record Trials(
        TrainingDesign design,
        Function<RandomStreams, Problem> problems,
        OptionalDouble target,
        RandomStreams streams,
        int runs) {

    /** Replications from here on are trials: no study has so many. */
    static final int FIRST_REPLICATION = 1_000_000;

    /**
     * Plays the runs of a rate.
     *
     * @param secondsEnough virtual time after which a run is given up; it counts as one that does not reach the target
     */
    public Trial at(double rate, double secondsEnough) {
        double horizon = design.limits().seconds();
        // A rate that starts at the target leaves no time to be beaten in; such runs end at once.
        TrainingDesign shorter = target.isPresent() && secondsEnough > 0 && secondsEnough < horizon
                ? design.withLimits(design.limits().upTo(secondsEnough))
                : design;
        List<TrainingOutcome> outcomes = IntStream.range(0, runs)
                .mapToObj(run -> play(shorter, rate, run))
                .toList();
        return new Trial(
                rate,
                mean(outcomes, outcome -> secondsToTarget(outcome).orElse(horizon)),
                mean(outcomes, Trials::finalLoss),
                mean(outcomes, outcome -> secondsToTarget(outcome).isPresent() ? 1.0 : 0.0),
                mean(outcomes, outcome -> outcome.divergence().isPresent() ? 1.0 : 0.0));
    }

    private TrainingOutcome play(TrainingDesign trial, double rate, int run) {
        RandomStreams own = streams.forReplication(FIRST_REPLICATION + run);
        LearningRate tried = design.recipe().rate().withBase(rate);
        return TrainingRun.play(trial.withRate(tried), problems.apply(own), own);
    }

    private OptionalDouble secondsToTarget(TrainingOutcome outcome) {
        return target.isPresent() ? outcome.curve().secondsTo(target.getAsDouble()) : OptionalDouble.empty();
    }

    private static double finalLoss(TrainingOutcome outcome) {
        return outcome.divergence().isPresent()
                ? Double.POSITIVE_INFINITY
                : outcome.curve().last();
    }

    private static double mean(List<TrainingOutcome> outcomes, Function<TrainingOutcome, Double> value) {
        return outcomes.stream().mapToDouble(value::apply).average().orElseThrow();
    }
}
