package trainyard.training.run;

import trainyard.training.clock.ComputeLaw;
import trainyard.training.clock.Outages;
import trainyard.training.gradient.GradientPath;
import trainyard.training.optimizer.LearningRate;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.StalenessPolicy;
import trainyard.training.rule.UpdateRule;

/**
 * Everything of a run but the problem and the seed.
 *
 * @param workers number of workers, 1 or more
 * @param batch examples of one gradient of one worker
 * @param rule who reads and updates when
 * @param compute how long gradients take
 * @param outages when workers fail
 * @param network how long bytes take
 * @param optimizer of the parameters that gradients change: the shared ones, or each replica's own
 * @param rate learning rate
 * @param staleness how much less late gradients count
 * @param gradients what happens to each gradient before it changes parameters
 * @param limits when the run ends
 * @param showEverySeconds virtual time between two losses that are worked out
 */
public record TrainingDesign(
        int workers,
        int batch,
        UpdateRule rule,
        ComputeLaw compute,
        Outages outages,
        TrainingNetwork network,
        Optimizer optimizer,
        LearningRate rate,
        StalenessPolicy staleness,
        GradientPath gradients,
        Limits limits,
        double showEverySeconds) {

    public TrainingDesign {
        if (workers < 1 || batch < 1 || !(showEverySeconds > 0)) {
            throw new IllegalArgumentException(
                    "a run needs workers, a batch and a positive time between two losses that are shown");
        }
    }

    /** The same with another number of workers. */
    public TrainingDesign withWorkers(int number) {
        return new TrainingDesign(
                number,
                batch,
                rule,
                compute,
                outages,
                network,
                optimizer,
                rate,
                staleness,
                gradients,
                limits,
                showEverySeconds);
    }

    /** A design whose gradients count as they are. */
    public TrainingDesign(
            int workers,
            int batch,
            UpdateRule rule,
            ComputeLaw compute,
            Outages outages,
            TrainingNetwork network,
            Optimizer optimizer,
            LearningRate rate,
            StalenessPolicy staleness,
            Limits limits,
            double showEverySeconds) {
        this(
                workers,
                batch,
                rule,
                compute,
                outages,
                network,
                optimizer,
                rate,
                staleness,
                GradientPath.PLAIN,
                limits,
                showEverySeconds);
    }

    /** The same with another rule. */
    public TrainingDesign withRule(UpdateRule other) {
        return new TrainingDesign(
                workers,
                batch,
                other,
                compute,
                outages,
                network,
                optimizer,
                rate,
                staleness,
                gradients,
                limits,
                showEverySeconds);
    }

    /** The same with other limits. */
    public TrainingDesign withLimits(Limits other) {
        return new TrainingDesign(
                workers,
                batch,
                rule,
                compute,
                outages,
                network,
                optimizer,
                rate,
                staleness,
                gradients,
                other,
                showEverySeconds);
    }

    /** The same with losses that are worked out at other times. */
    public TrainingDesign showing(double everySeconds) {
        return new TrainingDesign(
                workers,
                batch,
                rule,
                compute,
                outages,
                network,
                optimizer,
                rate,
                staleness,
                gradients,
                limits,
                everySeconds);
    }

    /** The same with another learning rate. */
    public TrainingDesign withRate(LearningRate other) {
        return new TrainingDesign(
                workers,
                batch,
                rule,
                compute,
                outages,
                network,
                optimizer,
                other,
                staleness,
                gradients,
                limits,
                showEverySeconds);
    }

    /** The same with another way of gradients. */
    public TrainingDesign withGradients(GradientPath other) {
        return new TrainingDesign(
                workers,
                batch,
                rule,
                compute,
                outages,
                network,
                optimizer,
                rate,
                staleness,
                other,
                limits,
                showEverySeconds);
    }

    /** The same with other outages. */
    public TrainingDesign withOutages(Outages other) {
        return new TrainingDesign(
                workers,
                batch,
                rule,
                compute,
                other,
                network,
                optimizer,
                rate,
                staleness,
                gradients,
                limits,
                showEverySeconds);
    }
}
