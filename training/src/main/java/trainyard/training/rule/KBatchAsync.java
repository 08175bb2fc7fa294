package trainyard.training.rule;

import trainyard.training.clock.GradientWork;
import trainyard.training.clock.WorkerListener;

/**
 * K-batch-async SGD (Dutta et al. 2018): each update is the mean of the next K gradients, whoever computed them; nobody waits.
 *
 * @param gradients K, 1 or more
 */
public record KBatchAsync(int gradients) implements UpdateRule {

    public KBatchAsync {
        GradientBuffer.require(gradients, Integer.MAX_VALUE, "k-batch-async");
    }

    @Override
    public String name() {
        return "k-batch-async";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        GradientBuffer buffer = new GradientBuffer(gradients);
        return new ServerPlay(context) {
            @Override
            void arrived(GradientWork work) {
                if (buffer.add(work)) {
                    context.update(buffer.take());
                }
                go(work.worker());
            }
        };
    }

    @Override
    public boolean needsServer() {
        return true;
    }
}
