package trainyard.training.rule;

import java.util.Arrays;
import java.util.stream.IntStream;
import trainyard.faults.recovery.OnLoss;
import trainyard.training.clock.Work;
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
    public WorkerListener play(Stage stage) {
        return new Together(stage, onLoss);
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
        private final Fresh fresh = new Fresh(Integer.MAX_VALUE);
        private final boolean[] isGone;

        /** Gradients that a worker has for this update, and those that it owes to it. */
        private final int[] has;

        private final int[] owes;
        private boolean isReducing;

        Together(Stage stage, OnLoss onLoss) {
            super(stage);
            this.onLoss = onLoss;
            isGone = new boolean[workers()];
            has = new int[workers()];
            owes = new int[workers()];
            share();
        }

        /** Deals the gradients of an update out to those that are there, one more to the first where they do not divide. */
        private void share() {
            int there = there();
            int gradients = onLoss == OnLoss.ACCUMULATE ? workers() : there;
            int place = 0;
            for (int worker = 0; worker < workers(); worker++) {
                owes[worker] = isGone[worker] ? 0 : gradients / there + (place < gradients % there ? 1 : 0);
                place += isGone[worker] ? 0 : 1;
            }
        }

        private int there() {
            return (int) IntStream.range(0, workers())
                    .filter(worker -> !isGone[worker])
                    .count();
        }

        @Override
        protected void begin(int worker) {
            stage.compute(worker);
        }

        @Override
        public void computed(Work work) {
            int worker = work.worker();
            fresh.add(work);
            has[worker]++;
            if (has[worker] < owes[worker]) {
                stage.compute(worker);
            } else {
                hold(worker);
                reduceIfComplete();
            }
        }

        private void reduceIfComplete() {
            boolean isComplete =
                    IntStream.range(0, workers()).allMatch(worker -> has[worker] == owes[worker]) && there() > 0;
            if (isComplete && !isReducing) {
                isReducing = true;
                stage.letAllGo();
                int there = there();
                stage.exchange().reduce(there, () -> update(there / (double) workers()));
            }
        }

        private void update(double share) {
            isReducing = false;
            stage.updateTogether(fresh.take(), onLoss == OnLoss.RESCALE ? share * stage.rate() : stage.rate());
            restart();
        }

        private void restart() {
            Arrays.fill(has, 0);
            if (there() > 0) {
                share();
                for (int worker = 0; worker < workers(); worker++) {
                    if (!isGone[worker]) {
                        go(worker);
                    }
                }
            }
        }

        @Override
        public void failed(int worker) {
            super.failed(worker);
            isGone[worker] = true;
            if (!isReducing) {
                for (; has[worker] > 0; has[worker]--) {
                    stage.drop(fresh.remove(worker));
                }
                undo(worker);
                shareAgain();
            }
        }

        /** What the lost one owed, the others owe now; who had done its part goes on. */
        private void shareAgain() {
            if (there() == 0) {
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
            boolean isAlone = there() == 0;
            isGone[worker] = false;
            hold(worker);
            if (isAlone && !isReducing) {
                restart();
            }
        }
    }
}
