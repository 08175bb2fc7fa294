package trainyard.training.clock;

import java.util.Arrays;
import java.util.Objects;

/**
 * Workers that compute one gradient at a time. A worker that fails loses the gradient that it computes; what it is asked for
 * meanwhile waits until it returns.
 */
public final class Workers {
    /** Priority of the end of a computation among what happens at the same time. */
    public static final int COMPUTED_PRIORITY = 10;

    private final Alarms alarms;
    private final ComputeTimes times;
    private final Worker[] workers;
    private WorkerListener listener;
    private long lost;

    /** What one worker does. */
    private static final class Worker {
        private Work work;
        private long ticket;
        private double startSeconds;
        private boolean isDown;
        private boolean isLost;
        private double busySeconds;
        private long batches;
    }

    public Workers(int count, Alarms alarms, ComputeTimes times) {
        this.alarms = alarms;
        this.times = times;
        workers = new Worker[count];
        Arrays.setAll(workers, i -> new Worker());
    }

    public int count() {
        return workers.length;
    }

    /**
     * Tells every worker that it may start.
     *
     * @param rule told of all that happens from now on
     */
    public void start(WorkerListener rule, Outages outages) {
        listener = Objects.requireNonNull(rule, "rule");
        outages.start(alarms.simulation(), this::fail, this::comeBack);
        for (int worker = 0; worker < workers.length; worker++) {
            int index = worker;
            alarms.after(times.startSeconds(worker), COMPUTED_PRIORITY, () -> begin(index));
        }
    }

    private void begin(int index) {
        if (workers[index].isDown) {
            workers[index].isLost = true;
        } else {
            listener.ready(index);
        }
    }

    /** How many batches a worker has been given, which is the index of its next one. */
    public long batches(int worker) {
        return workers[worker].batches;
    }

    /**
     * Starts a gradient, or lets it wait until the worker is there again.
     *
     * @throws IllegalStateException if the worker computes another one
     */
    public void compute(Work work) {
        Worker worker = workers[work.worker()];
        if (worker.work != null) {
            throw new IllegalStateException("worker " + work.worker() + " computes already");
        }
        worker.work = work;
        worker.batches++;
        if (!worker.isDown) {
            run(worker, work);
        }
    }

    private void run(Worker worker, Work work) {
        worker.startSeconds = alarms.seconds();
        worker.ticket = alarms.after(
                times.next(work.worker(), worker.startSeconds), COMPUTED_PRIORITY, () -> finish(worker, work));
    }

    private void finish(Worker worker, Work work) {
        stop(worker);
        listener.computed(work);
    }

    private void stop(Worker worker) {
        if (worker.work != null && !worker.isDown) {
            worker.busySeconds += alarms.seconds() - worker.startSeconds;
        }
        worker.work = null;
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
        boolean isBegun = !worker.isDown && alarms.seconds() > worker.startSeconds;
        alarms.cancel(worker.ticket);
        stop(worker);
        return isBegun;
    }

    /** Whether a worker computes, or would if it were there. */
    public boolean isBusy(int worker) {
        return workers[worker].work != null;
    }

    /** Whether a worker is there. */
    public boolean isUp(int worker) {
        return !workers[worker].isDown;
    }

    private void fail(int index) {
        Worker worker = workers[index];
        if (worker.work != null) {
            cancel(index);
            worker.isLost = true;
            lost++;
        }
        worker.isDown = true;
    }

    private void comeBack(int index) {
        Worker worker = workers[index];
        worker.isDown = false;
        if (worker.work != null) {
            run(worker, worker.work);
        } else if (worker.isLost) {
            worker.isLost = false;
            listener.ready(index);
        }
    }

    /** Gradients that failures destroyed. */
    public long lost() {
        return lost;
    }

    /** Time that a worker has computed until now, in seconds, with what was dropped. */
    public double busySeconds(int index) {
        Worker worker = workers[index];
        boolean runs = worker.work != null && !worker.isDown;
        return worker.busySeconds + (runs ? alarms.seconds() - worker.startSeconds : 0);
    }
}
