package trainyard.training.rule;

import java.util.List;
import trainyard.training.clock.GradientWork;
import trainyard.training.clock.WorkerListener;

/**
 * K-async SGD (Dutta et al. 2018): each update is the mean of the gradients of the first K workers, which then read anew; the
 * others go on at the parameters that they have read.
 *
 * @param gradients K, from 1 to the number of workers
 */
public record KAsync(int gradients) implements UpdateRule {

    @Override
    public String name() {
        return "k-async";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        GradientBuffer buffer = new GradientBuffer(
                GradientBuffer.require(gradients, context.workers().count(), name()));
        return new ServerPlay(context) {
            @Override
            void arrived(GradientWork work) {
                hold(work.worker());
                if (buffer.add(work)) {
                    List<GradientWork> taken = buffer.take();
                    context.update(taken);
                    taken.forEach(done -> go(done.worker()));
                }
            }
        };
    }

    @Override
    public boolean needsServer() {
        return true;
    }
}
