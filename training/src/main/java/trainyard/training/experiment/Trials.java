package trainyard.training.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
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

    /** A run is given up after so many times what the best rate takes, and its rate with it. */
    private static final double FAR_BEHIND = 2;

    /**
     * Plays the runs of a rate, one after the other while it may still be the best.
     *
     * @param bestSeconds mean time to the target at the best rate so far; a run that is given up, or not played, counts as one that
     *     does not reach the target
     */
    public Trial at(double rate, double bestSeconds) {
        double horizon = design.limits().seconds();
        double all = runs * bestSeconds;
        List<TrainingOutcome> outcomes = new ArrayList<>();
        double spent = 0;
        while (outcomes.size() < runs && (target.isEmpty() || spent <= all)) {
            TrainingOutcome outcome =
                    play(shortened(Math.min(FAR_BEHIND * bestSeconds, all - spent)), rate, outcomes.size());
            spent += secondsToTarget(outcome).orElse(horizon);
            outcomes.add(outcome);
        }
        return new Trial(rate, (spent + (runs - outcomes.size()) * horizon) / runs, mean(outcomes, Trials::finalLoss));
    }

    /** A rate that starts at the target leaves no time to be beaten in; such runs end at once. */
    private TrainingDesign shortened(double seconds) {
        return target.isPresent() && seconds > 0 && seconds < design.limits().seconds()
                ? design.withLimits(design.limits().upTo(seconds))
                : design;
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
