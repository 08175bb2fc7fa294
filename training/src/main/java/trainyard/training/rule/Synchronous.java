package trainyard.training.rule;

import trainyard.training.clock.GradientWork;
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
    public WorkerListener play(TrainingContext context) {
        return exchange == Exchange.ALL_REDUCE
                ? new AllReduce(context)
                : new KSync(context.workers().count()).play(context);
    }

    @Override
    public boolean needsServer() {
        return exchange == Exchange.SERVER;
    }

    /** A worker that fails before the collective has begun loses its gradient; a collective that has begun ends. */
    private static final class AllReduce extends Play {
        private final GradientBuffer buffer;
        private boolean isReducing;

        AllReduce(TrainingContext context) {
            super(context);
            buffer = new GradientBuffer(workers());
        }

        @Override
        protected void begin(int worker) {
            context.compute(worker);
        }

        @Override
        public void computed(GradientWork work) {
            hold(work.worker());
            if (buffer.add(work)) {
                isReducing = true;
                context.letAllGo();
                context.exchange().reduce(workers(), this::update);
            }
        }

        private void update() {
            isReducing = false;
            context.updateTogether(buffer.take());
            goAll();
        }

        @Override
        public void failed(int worker) {
            super.failed(worker);
            if (waits(worker) && !isReducing) {
                context.drop(buffer.remove(worker));
                undo(worker);
            }
        }
    }
}
