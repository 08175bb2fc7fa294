package trainyard.training.rule;

import trainyard.training.clock.Work;
import trainyard.training.clock.WorkerListener;

/**
 * K-batch-async SGD (Dutta et al. 2018): each update is the mean of the next K gradients, whoever computed them; nobody waits.
 *
 * @param gradients K, 1 or more
 */
public record KBatchAsync(int gradients) implements UpdateRule {

    public KBatchAsync {
        Fresh.require(gradients, Integer.MAX_VALUE, "k-batch-async");
    }

    @Override
    public String name() {
        return "k-batch-async";
    }

    @Override
    public WorkerListener play(Stage stage) {
        Fresh fresh = new Fresh(gradients);
        return new ServerPlay(stage) {
            @Override
            void arrived(Work work) {
                if (fresh.add(work)) {
                    stage.update(fresh.take());
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
