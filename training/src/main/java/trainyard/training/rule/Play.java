package trainyard.training.rule;

import trainyard.training.clock.WorkerListener;

/**
 * Workers that take turns as a rule lets them. A turn that ends early, because its worker fails or is called off, is known by
 * its number: what still comes of it must be dropped.
 *
 * <p>A worker that fails while its part is done goes on waiting with it when it is back; one that fails before begins a new turn
 * then, and so does one that was let go on meanwhile.
 */
public abstract class Play implements WorkerListener {
    protected final TrainingContext context;
    private final int[] turns;
    private final boolean[] waits;

    protected Play(TrainingContext context) {
        this.context = context;
        turns = new int[context.workers().count()];
        waits = new boolean[turns.length];
    }

    /** Begins the turn of a worker that is there. */
    protected abstract void begin(int worker);

    /** Lets a worker begin its next turn, or do so when it starts or is back. */
    protected final void go(int worker) {
        turns[worker]++;
        waits[worker] = false;
        if (context.workers().mayCompute(worker)) {
            context.workers().letGo(worker);
            begin(worker);
        }
    }

    /** Lets all workers begin their next turns, in their order. */
    protected final void goAll() {
        for (int worker = 0; worker < turns.length; worker++) {
            go(worker);
        }
    }

    /** Ends the turn of a worker; what still comes of it must be dropped. */
    protected final void endTurn(int worker) {
        turns[worker]++;
    }

    /** Lets a worker that has done its part wait for others. */
    protected final void hold(int worker) {
        waits[worker] = true;
        context.workers().hold(worker);
    }

    /** Whether a worker has done its part and waits for others. */
    protected final boolean waits(int worker) {
        return waits[worker];
    }

    /** Makes a worker do its part again that it had done. */
    protected final void undo(int worker) {
        waits[worker] = false;
    }

    /** Number of a worker's turn. */
    protected final int turn(int worker) {
        return turns[worker];
    }

    protected final int workers() {
        return turns.length;
    }

    @Override
    public void ready(int worker) {
        go(worker);
    }

    @Override
    public void failed(int worker) {
        turns[worker]++;
        context.drop(worker);
        context.forget(worker);
    }

    @Override
    public void returned(int worker) {
        if (waits[worker]) {
            context.workers().hold(worker);
        } else {
            go(worker);
        }
    }
}
