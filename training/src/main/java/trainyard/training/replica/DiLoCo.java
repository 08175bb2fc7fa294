package trainyard.training.replica;

import trainyard.training.clock.WorkerListener;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.Sgd;
import trainyard.training.rule.TrainingContext;
import trainyard.training.rule.UpdateRule;

/**
 * DiLoCo (Douillard et al. 2023, arXiv 2311.08105): local SGD whose mean way of a round is a gradient for an outer optimizer with
 * Nesterov momentum. With an outer rate of 1 and no momentum it is local SGD. The shared parameters are shown, which change once
 * a round.
 *
 * @param steps H, local steps of a round, 1 or more
 * @param outerRate positive; 0.7 in the paper
 * @param outerMomentum in [0, 1); 0.9 in the paper
 */
public record DiLoCo(int steps, double outerRate, double outerMomentum) implements UpdateRule {

    public DiLoCo {
        LocalSgd.requireSteps(steps);
        requireOuter(outerRate, outerMomentum);
    }

    static void requireOuter(double rate, double momentum) {
        if (!(rate > 0) || !(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("the outer rate (" + rate + ") must be positive and the outer momentum ("
                    + momentum + ") in [0, 1)");
        }
    }

    /** With the outer optimizer of the paper. */
    public static DiLoCo of(int steps) {
        return new DiLoCo(steps, 0.7, 0.9);
    }

    @Override
    public String name() {
        return "diloco";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        return new Rounds(context, new Replicas(context), () -> steps, outerRate);
    }

    @Override
    public boolean needsServer() {
        return false;
    }

    @Override
    public Optimizer sharedOptimizer(Optimizer optimizer) {
        return new Sgd(outerMomentum, true, 0);
    }
}
