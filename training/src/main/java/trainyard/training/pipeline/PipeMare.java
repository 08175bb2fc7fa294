package trainyard.training.pipeline;

import trainyard.training.clock.WorkerListener;
import trainyard.training.rule.TrainingContext;
import trainyard.training.rule.UpdateRule;

/**
 * PipeMare (Yang et al. 2021, MLSys, arXiv 1910.05124): no weights are stashed, and the learning rate of a late stage is lower at
 * first. Stage i of S, from 0, has up to 2 (S - 1 - i) + 1 micro-batches under way, and an update takes N of them, so its delay is
 * {@code tau_i = (2 (S - 1 - i) + 1) / N} updates. Its rate is {@code r / max(1, tau_i)^p} with p falling from 1 to 0 in a line.
 *
 * <p>In PipeMare backward passes see the parameters of now and forward passes those of before. Here both see those of before, as if
 * stashed: gradients of a problem are of one set of parameters. What the difference does to training is therefore not shown, nor is
 * its correction.
 *
 * @param microBatches N, micro-batches of an update, 1 or more
 * @param rescheduledUpdates updates after which all rates are equal, 0 or more
 * @param activationBytes that a stage sends to the next one for a micro-batch, and gets back, 0 or more
 */
public record PipeMare(int microBatches, long rescheduledUpdates, double activationBytes) implements UpdateRule {

    public PipeMare {
        if (microBatches < 1 || rescheduledUpdates < 0 || !(activationBytes >= 0)) {
            throw new IllegalArgumentException("a pipeline needs micro-batches, and no negative updates or bytes");
        }
    }

    @Override
    public String name() {
        return "pipemare";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        int stages = context.workers().count();
        Stages parts = Stages.of(context.problem().blocks(), stages);
        PipelineFilling schedule = new PipelineFilling(
                microBatches, i -> underWay(i, stages), (i, update) -> rateFactor(underWay(i, stages), update));
        return new PipelinePlay(context, parts, schedule, activationBytes);
    }

    private static int underWay(int stage, int stages) {
        return 2 * (stages - 1 - stage) + 1;
    }

    /** {@code max(1, tau)^-p}. */
    private double rateFactor(int underWay, long update) {
        double delay = Math.max(1, (double) underWay / microBatches);
        double power = rescheduledUpdates == 0 ? 0 : Math.max(0, 1 - (double) update / rescheduledUpdates);
        return Math.pow(delay, -power);
    }

    @Override
    public boolean needsServer() {
        return false;
    }

    @Override
    public boolean compresses() {
        return false;
    }

    /** The first stage reads for all. */
    @Override
    public int readers(int workers) {
        return 1;
    }
}
