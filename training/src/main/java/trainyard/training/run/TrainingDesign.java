package trainyard.training.run;

import trainyard.training.clock.CoreSpeeds;
import trainyard.training.clock.Outages;
import trainyard.training.gradient.GradientPath;
import trainyard.training.optimizer.LearningRate;
import trainyard.training.rule.Recipe;
import trainyard.training.rule.UpdateRule;

/**
 * Everything of a run but the problem and the seed.
 *
 * @param rule who reads and updates when
 * @param workers who computes, how long, and over what network
 * @param recipe how gradients change parameters
 * @param limits when the run ends
 * @param showEverySeconds virtual time between two losses that are worked out
 */
public record TrainingDesign(
        UpdateRule rule, WorkerGroup workers, Recipe recipe, Limits limits, double showEverySeconds) {

    public TrainingDesign {
        if (!(showEverySeconds > 0)) {
            throw new IllegalArgumentException(
                    "time between two losses that are shown (" + showEverySeconds + " s) must be positive");
        }
    }

    /** The same with other workers. */
    public TrainingDesign withWorkers(WorkerGroup other) {
        return new TrainingDesign(rule, other, recipe, limits, showEverySeconds);
    }

    /** The same with another recipe. */
    public TrainingDesign withRecipe(Recipe other) {
        return new TrainingDesign(rule, workers, other, limits, showEverySeconds);
    }

    /** The same with another learning rate. */
    public TrainingDesign withRate(LearningRate other) {
        return withRecipe(recipe.withRate(other));
    }

    /** The same with another way of gradients. */
    public TrainingDesign withGradients(GradientPath other) {
        return withRecipe(recipe.withGradients(other));
    }

    /** The same with other outages. */
    public TrainingDesign withOutages(Outages other) {
        return withWorkers(workers.withOutages(other));
    }

    /** The same on cores that were so fast. */
    public TrainingDesign withCores(CoreSpeeds speeds) {
        return withWorkers(workers.withCompute(workers.compute().withCores(speeds)));
    }

    /** The same with other limits. */
    public TrainingDesign withLimits(Limits other) {
        return new TrainingDesign(rule, workers, recipe, other, showEverySeconds);
    }

    /** The same with losses that are worked out at other times. */
    public TrainingDesign showing(double everySeconds) {
        return new TrainingDesign(rule, workers, recipe, limits, everySeconds);
    }
}
