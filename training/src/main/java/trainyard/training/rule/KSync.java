package trainyard.training.rule;

import trainyard.training.clock.Work;
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
    public WorkerListener play(Stage stage) {
        return play(stage, new Fresh(Fresh.require(gradients, stage.workers().count(), name())));
    }

    /**
     * @param fresh knows how many gradients an update waits for
     */
    static WorkerListener play(Stage stage, Fresh fresh) {
        return new ServerPlay(stage) {
            @Override
            void arrived(Work work) {
                hold(work.worker());
                if (fresh.add(work)) {
                    stage.update(fresh.take());
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
