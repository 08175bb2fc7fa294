package trainyard.training.clock;

import java.util.Arrays;
import java.util.Objects;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.random.RandomStreams;

/**
 * Workers that compute one gradient at a time. A worker that fails loses the gradient that it computes.
 *
 * <p>Order of what happens at one moment: whose gradient was begun first finishes first, and all that follows from it without
 * delay, down to the start of the worker's next gradient, comes before the next worker finishes.
 */
public final class Workers {
    /** Priority of the end of a computation among what happens at the same time. */
    public static final int COMPUTED_PRIORITY = 10;

    private final Alarms alarms;
    private final Simulation simulation;
    private final ComputeTimes times;
    private final Worker[] workers;
    private final int finishHandler;
    private WorkerListener listener;
    private long lost;

    /** What one worker does. */
    private static final class Worker {
        private GradientWork work;
        private long ticket;
        private boolean isStarted;
        private WorkerState state = WorkerState.WAITING;
        private long sinceNanos;
        private final long[] nanos = new long[WorkerState.values().length];
        private long batches;
    }

    public Workers(int count, Alarms alarms, ComputeTimes times) {
        this.alarms = alarms;
        this.times = times;
        simulation = alarms.simulation();
        workers = new Worker[count];
        Arrays.setAll(workers, i -> new Worker());
        finishHandler = simulation.register((now, worker) -> finish(worker));
    }

    public int count() {
        return workers.length;
    }

    /**
     * Tells every worker that it may start.
     *
     * @param rule told of all that happens from now on
     * @param streams randomness of the outages
     */
    public void start(WorkerListener rule, Outages outages, RandomStreams streams) {
        listener = Objects.requireNonNull(rule, "rule");
        outages.start(simulation, streams, this::fail, this::comeBack);
        for (int worker = 0; worker < workers.length; worker++) {
            int index = worker;
            alarms.after(times.startSeconds(worker), COMPUTED_PRIORITY, () -> begin(index));
        }
    }

    private void begin(int index) {
        workers[index].isStarted = true;
        if (isUp(index)) {
            enter(index, WorkerState.EXCHANGING);
            listener.ready(index);
        } else {
            listener.failed(index);
        }
    }

    /** How many batches a worker has been given, which is the index of its next one. */
    public long batches(int worker) {
        return workers[worker].batches;
    }

    /**
     * Starts a gradient.
     *
     * @throws IllegalStateException if the worker is down or computes another one
     */
    public void compute(GradientWork work) {
        compute(work, 1);
    }

    /**
     * Starts a part of a gradient.
     *
     * @param share of the time that a whole one takes
     * @throws IllegalStateException if the worker is down or computes another one
     */
    public void compute(GradientWork work, double share) {
        Worker worker = workers[work.worker()];
        if (worker.work != null || !mayCompute(work.worker())) {
            throw new IllegalStateException("worker " + work.worker() + " is not free to compute");
        }
        worker.work = work;
        worker.batches++;
        enter(work.worker(), WorkerState.COMPUTING);
        double seconds = times.next(work.worker(), alarms.seconds()) * share;
        worker.ticket =
                simulation.scheduleAfter(alarms.delayNanos(seconds), COMPUTED_PRIORITY, finishHandler, work.worker());
    }

    private void finish(int index) {
        Worker worker = workers[index];
        GradientWork work = worker.work;
        worker.work = null;
        enter(index, WorkerState.EXCHANGING);
        listener.computed(work);
    }

    /**
     * Drops what a worker computes; nothing happens where it computes nothing.
     *
     * @return whether time was spent on it
     */
    public boolean cancel(int index) {
        Worker worker = workers[index];
        if (worker.work == null) {
            return false;
        }
        simulation.cancel(worker.ticket);
        worker.work = null;
        boolean isBegun = simulation.now() > worker.sinceNanos;
        enter(index, WorkerState.EXCHANGING);
        return isBegun;
    }

    /** How slow the cores of the workers are. */
    public Slowness slowness() {
        return times;
    }

    /** Whether a worker is there. */
    public boolean isUp(int worker) {
        return workers[worker].state != WorkerState.DOWN;
    }

    /** Whether a worker is there and has started. */
    public boolean mayCompute(int worker) {
        return isUp(worker) && workers[worker].isStarted;
    }

    /** Lets a worker that computes nothing wait for others, until it is let go on or computes. */
    public void hold(int worker) {
        enter(worker, WorkerState.WAITING);
    }

    /** Ends the wait of a worker, if it waits. */
    public void letGo(int worker) {
        if (workers[worker].state == WorkerState.WAITING) {
            enter(worker, WorkerState.EXCHANGING);
        }
    }

    private void enter(int index, WorkerState state) {
        Worker worker = workers[index];
        long now = simulation.now();
        worker.nanos[worker.state.ordinal()] += now - worker.sinceNanos;
        worker.sinceNanos = now;
        worker.state = state;
    }

    private void fail(int index) {
        if (!isUp(index)) {
            return;
        }
        if (workers[index].work != null) {
            lost++;
        }
        if (workers[index].isStarted) {
            listener.failed(index);
        }
        cancel(index);
        enter(index, WorkerState.DOWN);
    }

    private void comeBack(int index) {
        if (isUp(index)) {
            return;
        }
        boolean isStarted = workers[index].isStarted;
        enter(index, isStarted ? WorkerState.EXCHANGING : WorkerState.WAITING);
        if (isStarted) {
            listener.returned(index);
        }
    }

    /** Gradients that failures destroyed. */
    public long lost() {
        return lost;
    }

    /** Time until now that a worker has been in a state; the states together are all the time. */
    public double seconds(int index, WorkerState state) {
        Worker worker = workers[index];
        long open = worker.state == state ? simulation.now() - worker.sinceNanos : 0;
        return SimTime.seconds(worker.nanos[state.ordinal()] + open);
    }
}
