package trainyard.training.rule;

import trainyard.training.clock.GradientWork;

/**
 * Workers that pull the shared parameters from the servers, compute a gradient and push it. What a rule decides is what happens
 * to gradients that arrive. A worker gets the parameters of the moment at which it asks for them, so the time on the wire counts
 * into staleness.
 */
abstract class ServerPlay extends Play {

    ServerPlay(TrainingContext context) {
        super(context);
    }

    /** A gradient has arrived and the servers have taken it in. */
    abstract void arrived(GradientWork work);

    @Override
    protected final void begin(int worker) {
        int turn = turn(worker);
        double[] parameters = context.model().read();
        long version = context.model().version();
        context.wire().pull(worker, context.parameterBytes(), () -> {
            if (turn(worker) == turn) {
                context.compute(worker, parameters, version);
            }
        });
    }

    @Override
    public void computed(GradientWork work) {
        int turn = turn(work.worker());
        context.exchange().push(work.worker(), () -> {
            if (turn(work.worker()) == turn) {
                arrived(work);
            } else {
                context.drop(work);
            }
        });
    }

    /** Calls off what a worker does and lets it start anew at the present parameters. */
    final void restart(int worker) {
        context.drop(worker);
        go(worker);
    }
}
