package trainyard.training.rule;

import trainyard.training.clock.GradientWork;
import trainyard.training.clock.WorkerListener;

/**
 * Stale synchronous parallel (Ho et al. 2013, NIPS): gradients are applied as they come, and a worker that has finished c of
 * them starts the next only if {@code c - min_j c_j <= s}.
 *
 * @param slack s, 0 or more; at 0 all wait for each other
 */
public record StaleSynchronous(int slack) implements UpdateRule {

    public StaleSynchronous {
        if (slack < 0) {
            throw new IllegalArgumentException("slack (" + slack + ") must be 0 or more");
        }
    }

    @Override
    public String name() {
        return "ssp";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        return new Clocks(context, slack);
    }

    @Override
    public boolean needsServer() {
        return true;
    }

    private static final class Clocks extends ServerPlay {
        private final int slack;
        private final long[] finished;

        Clocks(TrainingContext context, int slack) {
            super(context);
            this.slack = slack;
            finished = new long[workers()];
        }

        @Override
        void arrived(GradientWork work) {
            context.update(work);
            finished[work.worker()]++;
            hold(work.worker());
            long least = least();
            for (int worker = 0; worker < workers(); worker++) {
                if (waits(worker) && finished[worker] - least <= slack) {
                    go(worker);
                }
            }
        }

        private long least() {
            long least = Long.MAX_VALUE;
            for (long count : finished) {
                least = Math.min(least, count);
            }
            return least;
        }
    }
}
