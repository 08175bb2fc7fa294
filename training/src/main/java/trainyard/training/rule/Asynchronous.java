package trainyard.training.rule;

import trainyard.training.clock.GradientWork;
import trainyard.training.clock.WorkerListener;

/** Asynchronous SGD (Dean et al. 2012, Downpour): each gradient is applied as it comes, however old it is. */
public record Asynchronous() implements UpdateRule {

    @Override
    public String name() {
        return "async";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        return new ServerPlay(context) {
            @Override
            void arrived(GradientWork work) {
                context.update(work);
                go(work.worker());
            }
        };
    }

    @Override
    public boolean needsServer() {
        return true;
    }
}
