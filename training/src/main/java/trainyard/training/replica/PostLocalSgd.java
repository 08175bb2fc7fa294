package trainyard.training.replica;

import trainyard.training.clock.WorkerListener;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.Sgd;
import trainyard.training.rule.TrainingContext;
import trainyard.training.rule.UpdateRule;

/**
 * Post-local SGD (Lin et al. 2020, arXiv 1808.07217): an average after every step until training has come so far, and then after
 * every H steps. The mean of all replicas is shown.
 *
 * @param steps H, 1 or more
 * @param afterExamples examples of all workers together from which on H steps are taken, 0 or more
 */
public record PostLocalSgd(int steps, long afterExamples) implements UpdateRule {

    public PostLocalSgd {
        LocalSgd.requireSteps(steps);
        if (afterExamples < 0) {
            throw new IllegalArgumentException("examples (" + afterExamples + ") must be 0 or more");
        }
    }

    @Override
    public String name() {
        return "post-local-sgd";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        Replicas replicas = new Replicas(context);
        context.show(replicas::mean);
        return new Rounds(context, replicas, () -> context.ledger().examples() < afterExamples ? 1 : steps, 1);
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
