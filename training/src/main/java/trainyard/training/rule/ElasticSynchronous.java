package trainyard.training.rule;

import java.util.Arrays;
import java.util.stream.IntStream;
import trainyard.faults.recovery.OnLoss;
import trainyard.training.clock.GradientWork;
import trainyard.training.clock.WorkerListener;

/**
 * Synchronous SGD of the workers that are there, whose gradients come together by a collective. A worker that fails before the
 * collective has begun loses what it had for that update, and a collective that has begun ends. A worker that returns takes part
 * in the next update.
 *
 * @param onLoss what the others do: compute the gradients of the lost ones too, each of them the same number where they divide,
 *     so that the batch is kept; or their own alone; or their own, with a rate that is lower by as much as the batch (Goyal et
 *     al. 2017, arXiv 1706.02677)
 */
public record ElasticSynchronous(OnLoss onLoss) implements UpdateRule {

    @Override
    public String name() {
        return "sync";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        return new Together(context, onLoss);
    }

    @Override
    public boolean needsServer() {
        return false;
    }

    /** Several gradients of a worker would be one message. */
    @Override
    public boolean compresses() {
        return false;
    }

    private static final class Together extends Play {
        private final OnLoss onLoss;
        private final GradientBuffer buffer = new GradientBuffer(Integer.MAX_VALUE);
        private final boolean[] isGone;

        /** Whether a worker takes part in this update: it was there when it began and has not failed since. */
        private final boolean[] takesPart;

        /** Gradients that a worker has for this update, and those that it owes to it. */
        private final int[] has;

        private final int[] owes;
        private boolean isReducing;

        Together(TrainingContext context, OnLoss onLoss) {
            super(context);
            this.onLoss = onLoss;
            isGone = new boolean[workers()];
            takesPart = new boolean[workers()];
            has = new int[workers()];
            owes = new int[workers()];
            gather();
        }

        /** Lets all that are there take part in an update that begins. */
        private void gather() {
            for (int worker = 0; worker < workers(); worker++) {
                takesPart[worker] = !isGone[worker];
            }
            share();
        }

        /**
         * Deals the gradients of an update out to those that take part in it, one more to the first where they do not divide. Nobody
         * joins an update that has begun, so that nobody ever owes less than before.
         */
        private void share() {
            int parts = parts();
            int gradients = onLoss == OnLoss.ACCUMULATE ? workers() : parts;
            int place = 0;
            for (int worker = 0; worker < workers(); worker++) {
                owes[worker] = takesPart[worker] ? gradients / parts + (place < gradients % parts ? 1 : 0) : 0;
                place += takesPart[worker] ? 1 : 0;
            }
        }

        private int parts() {
            return (int) IntStream.range(0, workers())
                    .filter(worker -> takesPart[worker])
                    .count();
        }

        private boolean isAnybodyThere() {
            return IntStream.range(0, workers()).anyMatch(worker -> !isGone[worker]);
        }

        @Override
        protected void begin(int worker) {
            context.compute(worker);
        }

        @Override
        public void computed(GradientWork work) {
            int worker = work.worker();
            buffer.add(work);
            has[worker]++;
            if (has[worker] < owes[worker]) {
                context.compute(worker);
            } else {
                hold(worker);
                reduceIfComplete();
            }
        }

        private void reduceIfComplete() {
            if (!isReducing && Arrays.equals(has, owes)) {
                isReducing = true;
                int parts = parts();
                for (int worker = 0; worker < workers(); worker++) {
                    if (takesPart[worker]) {
                        context.workers().letGo(worker);
                    }
                }
                context.exchange().reduce(parts, () -> update(parts / (double) workers()));
            }
        }

        private void update(double share) {
            isReducing = false;
            context.updateTogether(buffer.take(), onLoss == OnLoss.RESCALE ? share * context.rate() : context.rate());
            restart();
        }

        private void restart() {
            Arrays.fill(has, 0);
            if (isAnybodyThere()) {
                gather();
                for (int worker = 0; worker < workers(); worker++) {
                    if (takesPart[worker]) {
                        go(worker);
                    }
                }
            }
        }

        @Override
        public void failed(int worker) {
            super.failed(worker);
            isGone[worker] = true;
            if (isReducing) {
                return;
            }
            for (; has[worker] > 0; has[worker]--) {
                context.drop(buffer.remove(worker));
            }
            undo(worker);
            if (takesPart[worker]) {
                takesPart[worker] = false;
                shareAgain();
            }
        }

        /** What the lost one owed, the others owe now; who had done its part goes on. */
        private void shareAgain() {
            if (parts() == 0) {
                restart();
                return;
            }
            share();
            for (int worker = 0; worker < workers(); worker++) {
                if (waits(worker) && has[worker] < owes[worker]) {
                    go(worker);
                }
            }
            reduceIfComplete();
        }

        @Override
        public void returned(int worker) {
            isGone[worker] = false;
            hold(worker);
            if (parts() == 0 && !isReducing) {
                restart();
            }
        }
    }
}
