package trainyard.training.rule;

import trainyard.training.clock.Work;

/**
 * Workers that pull the shared parameters from the servers, compute a gradient and push it. What a rule decides is what happens
 * to gradients that arrive. A worker gets the parameters of the moment at which it asks for them, so the time on the wire counts
 * into staleness.
 */
abstract class ServerPlay extends Play {

    ServerPlay(Stage stage) {
        super(stage);
    }

    /** A gradient has arrived and the servers have taken it in. */
    abstract void arrived(Work work);

    @Override
    protected final void begin(int worker) {
        int turn = turn(worker);
        double[] parameters = stage.model().read();
        long version = stage.model().version();
        stage.wire().pull(worker, stage.parameterBytes(), () -> {
            if (turn(worker) == turn) {
                stage.compute(worker, parameters, version);
            }
        });
    }

    @Override
    public void computed(Work work) {
        int turn = turn(work.worker());
        stage.exchange().push(work.worker(), () -> {
            if (turn(work.worker()) == turn) {
                arrived(work);
            } else {
                stage.drop(work);
            }
        });
    }

    /** Calls off what a worker does and lets it start anew at the present parameters. */
    final void restart(int worker) {
        stage.drop(worker);
        go(worker);
    }
}
