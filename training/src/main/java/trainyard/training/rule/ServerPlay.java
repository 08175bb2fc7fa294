package trainyard.training.rule;

import trainyard.training.clock.Work;
import trainyard.training.clock.WorkerListener;

/**
 * Workers that pull the shared parameters from the servers, compute a gradient and push it. What a rule decides is what happens
 * to gradients that arrive.
 */
abstract class ServerPlay implements WorkerListener {
    final Stage stage;

    /** Number of the present turn of each worker; what belongs to an earlier turn has been called off. */
    private final int[] turns;

    ServerPlay(Stage stage) {
        this.stage = stage;
        turns = new int[stage.workers().count()];
    }

    /** A gradient has arrived and the servers have taken it in. */
    abstract void arrived(Work work);

    @Override
    public void ready(int worker) {
        int turn = ++turns[worker];
        stage.wire().pull(worker, stage.parameterBytes(), () -> {
            if (turns[worker] == turn) {
                stage.compute(worker);
            }
        });
    }

    @Override
    public void computed(Work work) {
        int turn = turns[work.worker()];
        stage.wire()
                .push(work.worker(), stage.gradientBytes(), () -> stage.serve(() -> {
                    if (turns[work.worker()] == turn) {
                        arrived(work);
                    } else {
                        stage.drop(work);
                    }
                }));
    }

    /** Calls off what a worker does and lets it start anew at the present parameters. */
    final void restart(int worker) {
        stage.drop(worker);
        ready(worker);
    }

    /** Number of a worker's turn: what it pulled before it belongs to another. */
    final int turn(int worker) {
        return turns[worker];
    }

    final int workers() {
        return turns.length;
    }
}
