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

    /** A worker that fails before the collective has begun loses its gradient; a collective that has begun ends. */
    private static final class AllReduce extends Play {
        private final Fresh fresh;
        private boolean isReducing;

        AllReduce(Stage stage) {
            super(stage);
            fresh = new Fresh(workers());
        }

        @Override
        protected void begin(int worker) {
            stage.compute(worker);
        }

        @Override
        public void computed(Work work) {
            hold(work.worker());
            if (fresh.add(work)) {
                isReducing = true;
                stage.letAllGo();
                stage.exchange().reduce(workers(), this::update);
            }
        }

        private void update() {
            isReducing = false;
            stage.updateTogether(fresh.take());
            goAll();
        }

        @Override
        public void failed(int worker) {
            super.failed(worker);
            if (waits(worker) && !isReducing) {
                stage.drop(fresh.remove(worker));
                undo(worker);
            }
        }
    }
}
