package trainyard.training.rule;

import trainyard.training.clock.GradientWork;
import trainyard.training.clock.WorkerListener;

/**
 * K-batch-sync SGD (Dutta et al. 2018): workers go on with further batches at the same parameters until K gradients are there;
 * the rest is called off.
 *
 * @param gradients K, 1 or more
 */
public record KBatchSync(int gradients) implements UpdateRule {

    public KBatchSync {
        GradientBuffer.require(gradients, Integer.MAX_VALUE, "k-batch-sync");
    }

    @Override
    public String name() {
        return "k-batch-sync";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        GradientBuffer buffer = new GradientBuffer(gradients);
        return new ServerPlay(context) {
            @Override
            public void computed(GradientWork work) {
                int turn = turn(work.worker());
                super.computed(work);
                if (turn(work.worker()) == turn) {
                    context.compute(work.worker(), work.parameters(), work.version());
                }
            }

            @Override
            void arrived(GradientWork work) {
                if (buffer.add(work)) {
                    context.update(buffer.take());
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
