package trainyard.training.rule;

import trainyard.training.clock.Work;
import trainyard.training.clock.WorkerListener;

/**
 * Synchronous SGD: each update is the mean of one gradient of every worker.
 *
 * @param exchange how gradients come together
 */
public record Synchronous(Exchange exchange) implements UpdateRule {

    /** How gradients come together. */
    public enum Exchange {
        /** By a collective among the workers; each of them keeps the parameters. */
        ALL_REDUCE,
        /** At parameter servers. */
        SERVER
    }

    @Override
    public String name() {
        return "sync";
    }

    @Override
    public WorkerListener play(Stage stage) {
        return exchange == Exchange.ALL_REDUCE
                ? new AllReduce(stage)
                : new KSync(stage.workers().count()).play(stage);
    }

    @Override
    public boolean needsServer() {
        return exchange == Exchange.SERVER;
    }

    private static final class AllReduce implements WorkerListener {
        private final Stage stage;
        private final Fresh fresh;

        AllReduce(Stage stage) {
            this.stage = stage;
            fresh = new Fresh(stage.workers().count());
        }

        @Override
        public void ready(int worker) {
            stage.compute(worker);
        }

        @Override
        public void computed(Work work) {
            if (fresh.add(work)) {
                stage.wire().allReduce(stage.workers().count(), stage.gradientBytes(), this::update);
            }
        }

        private void update() {
            stage.update(fresh.take());
            for (int worker = 0; worker < stage.workers().count(); worker++) {
                ready(worker);
            }
        }
    }
}
