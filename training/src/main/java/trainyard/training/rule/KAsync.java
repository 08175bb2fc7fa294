package trainyard.training.rule;

import java.util.List;
import trainyard.training.clock.Work;
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
    public WorkerListener play(Stage stage) {
        Fresh fresh = new Fresh(Fresh.require(gradients, stage.workers().count(), name()));
        return new ServerPlay(stage) {
            @Override
            void arrived(Work work) {
                hold(work.worker());
                if (fresh.add(work)) {
                    List<Work> taken = fresh.take();
                    stage.update(taken);
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
