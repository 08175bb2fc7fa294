package trainyard.training.pipeline;

import trainyard.training.clock.WorkerListener;
import trainyard.training.rule.TrainingContext;
import trainyard.training.rule.UpdateRule;

/**
 * PipeDream (Narayanan et al. 2019, SOSP) with weight stashing: stage i of S, from 0, has up to S - i mini-batches under way, takes
 * a backward pass before a forward one, and goes back through each mini-batch with the parameters of its forward pass. Its part of
 * a gradient is S - 1 - i updates late. The parameters of now are shown.
 *
 * <p>The compute law is that of a gradient of the whole network: every stage takes an S-th of it, a third of that forward.
 *
 * @param activationBytes that a stage sends to the next one for a mini-batch, and gets back, 0 or more
 */
public record PipeDream(double activationBytes) implements UpdateRule {

    public PipeDream {
        if (!(activationBytes >= 0)) {
            throw new IllegalArgumentException("activations (" + activationBytes + " bytes) must be 0 or more");
        }
    }

    @Override
    public String name() {
        return "pipedream";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        int stages = context.workers().count();
        Stages parts = Stages.of(context.problem().blocks(), stages);
        return new PipelinePlay(
                context, parts, new PipelineFilling(1, i -> stages - i, (i, update) -> 1), activationBytes);
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
