package trainyard.training.rule;

import trainyard.training.clock.WorkerListener;

/**
 * AdaSync for K-sync SGD (Dutta et al. 2021, arXiv 1803.01113v3): few gradients an update while the loss is high, since those come
 * fast, and more as it falls, since they are less noisy: {@code K = ceil(K_0 sqrt(F(w_0) / F(w)))}, never fewer than before and
 * no more than workers. The loss is looked at from time to time and costs no virtual time.
 *
 * @param first K_0, from 1 to the number of workers
 * @param everySeconds virtual time between two looks, positive
 */
public record AdaSync(int first, double everySeconds) implements UpdateRule {
    private static final int LOOK_PRIORITY = 20;

    public AdaSync {
        if (!(everySeconds > 0)) {
            throw new IllegalArgumentException("time between two looks (" + everySeconds + " s) must be positive");
        }
    }

    @Override
    public String name() {
        return "adasync";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        int workers = context.workers().count();
        GradientBuffer buffer = new GradientBuffer(GradientBuffer.require(first, workers, name()));
        double start = context.problem().loss(context.model().peek());
        look(context, buffer, start);
        return KSync.play(context, buffer);
    }

    private void look(TrainingContext context, GradientBuffer buffer, double start) {
        context.alarms().after(everySeconds, LOOK_PRIORITY, () -> {
            double loss = context.problem().loss(context.model().peek());
            double gradients = loss > 0 ? Math.ceil(first * Math.sqrt(start / loss)) : Double.POSITIVE_INFINITY;
            int wanted = (int) Math.min(context.workers().count(), gradients);
            buffer.want(wanted);
            if (wanted < context.workers().count()) {
                look(context, buffer, start);
            }
        });
    }

    @Override
    public boolean needsServer() {
        return true;
    }
}
