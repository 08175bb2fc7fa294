package trainyard.training.replica;

import trainyard.training.clock.WorkerListener;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.Sgd;
import trainyard.training.rule.TrainingContext;
import trainyard.training.rule.UpdateRule;

/**
 * Local SGD (Stich 2019, arXiv 1805.09767): workers take H steps each on parameters of their own, then all take over the mean by
 * an all-reduce. At H of 1 it is synchronous SGD. The mean of all replicas is shown, also between two averages: it is the
 * sequence that the theory is about.
 *
 * @param steps H, 1 or more
 */
public record LocalSgd(int steps) implements UpdateRule {

    public LocalSgd {
        requireSteps(steps);
    }

    static void requireSteps(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("local steps (" + steps + ") must be 1 or more");
        }
    }

    @Override
    public String name() {
        return "local-sgd";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        Replicas replicas = new Replicas(context);
        context.show(replicas::mean);
        return new Rounds(context, replicas, () -> steps, 1);
    }

    @Override
    public boolean needsServer() {
        return false;
    }

    @Override
    public Optimizer sharedOptimizer(Optimizer optimizer) {
        return Sgd.PLAIN;
    }
}
