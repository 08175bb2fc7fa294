package trainyard.training.rule;

import trainyard.training.clock.GradientWork;
import trainyard.training.clock.WorkerListener;

/**
 * K-sync SGD (Dutta et al. 2018, arXiv 1803.01113): each update is the mean of the gradients of the K fastest workers; the
 * others are called off, and all start anew.
 *
 * @param gradients K, from 1 to the number of workers
 */
public record KSync(int gradients) implements UpdateRule {

    @Override
    public String name() {
        return "k-sync";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        return play(
                context,
                new GradientBuffer(
                        GradientBuffer.require(gradients, context.workers().count(), name())));
    }

    /**
     * @param buffer knows how many gradients an update waits for
     */
    static WorkerListener play(TrainingContext context, GradientBuffer buffer) {
        return new ServerPlay(context) {
            @Override
            void arrived(GradientWork work) {
                hold(work.worker());
                if (buffer.add(work)) {
                    context.update(buffer.take());
                    for (int worker = 0; worker < workers(); worker++) {
                        restart(worker);
                    }
                }
            }
        };
    }

    @Override
    public boolean needsServer() {
        return true;
    }
}
