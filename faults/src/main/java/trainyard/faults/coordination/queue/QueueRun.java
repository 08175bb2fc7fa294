package trainyard.faults.coordination.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;

/** One replication of a {@link WorkQueue}. */
final class QueueRun {

    private static final int NONE = -1;

    private final WorkQueue design;
    private final Timeline timeline = new Timeline(new Simulation());
    private final long[] taskNanos;
    private final boolean[] done;
    private final boolean[] queued;
    private final Deque<Integer> visible = new ArrayDeque<>();
    /** In the order in which they became idle; one of them may die. */
    private final Set<Integer> idle = new LinkedHashSet<>();

    private final int[] taskOf;
    private final long[] since;
    private final long[] tickets;
    private final List<ContinuousSampler> lifetimes = new ArrayList<>();
    private final List<Long> doneAt = new ArrayList<>();
    private int lost;
    private long deliveries;
    private long repeats;
    private long broken;
    private long usefulNanos;
    private long repeatedNanos;
    private long brokenNanos;

    QueueRun(WorkQueue design, RandomStreams streams) {
        this.design = design;
        taskNanos = new long[design.tasks()];
        done = new boolean[design.tasks()];
        queued = new boolean[design.tasks()];
        taskOf = new int[design.workers()];
        since = new long[design.workers()];
        tickets = new long[design.workers()];
        for (int task = 0; task < design.tasks(); task++) {
            taskNanos[task] = SimTime.nanos(seconds(streams, task));
            put(task, false);
        }
        for (int worker = 0; worker < design.workers(); worker++) {
            UniformRandomProvider random = streams.stream("queue/death", worker);
            design.mtbfSeconds().ifPresent(mtbf -> lifetimes.add(new Exponential(mtbf).sampler(random)));
        }
    }

    /** The time of a task belongs to it, whoever does it and how often. */
    private double seconds(RandomStreams streams, int task) {
        return design.spread() == 0
                ? design.taskSeconds()
                : new LogNormal(design.taskSeconds(), design.spread())
                        .sampler(streams.stream("queue/task", task))
                        .sample();
    }

    QueueOutcome run() {
        for (int worker = 0; worker < design.workers(); worker++) {
            int index = worker;
            timeline.at(0, 0, now -> start(index));
        }
        timeline.simulation().runUntil(SimTime.nanos(design.horizonSeconds()));
        return new QueueOutcome(
                timeline.now(),
                doneAt.size(),
                lost,
                deliveries,
                repeats,
                broken,
                usefulNanos,
                repeatedNanos,
                brokenNanos,
                doneAt);
    }

    /** A task that was handed out before stands at its old place, which is the head of the queue. */
    private void put(int task, boolean again) {
        if (again) {
            visible.addFirst(task);
        } else {
            visible.add(task);
        }
        queued[task] = true;
    }

    /** A worker starts, and will die after its lifetime whatever it does by then. */
    private void start(int worker) {
        taskOf[worker] = NONE;
        if (!lifetimes.isEmpty()) {
            timeline.after(SimTime.nanos(lifetimes.get(worker).sample()), 0, now -> die(worker));
        }
        take(worker);
    }

    private void take(int worker) {
        Integer task = next();
        if (task == null) {
            idle.add(worker);
            return;
        }
        taskOf[worker] = task;
        since[worker] = timeline.now();
        deliveries++;
        tickets[worker] = timeline.after(taskNanos[task], 0, now -> complete(worker));
        if (design.delivery() == WorkQueue.Delivery.AT_LEAST_ONCE) {
            timeline.after(SimTime.nanos(design.visibilitySeconds()), 0, now -> reappear(task));
        }
    }

    /** The next task that is not done meanwhile, if any. */
    private Integer next() {
        Integer task = visible.poll();
        while (task != null && done[task]) {
            task = visible.poll();
        }
        if (task != null) {
            queued[task] = false;
        }
        return task;
    }

    /** Nothing was heard of a task in time, so the queue hands it out again. */
    private void reappear(int task) {
        if (!done[task] && !queued[task]) {
            put(task, true);
            wakeOne();
        }
    }

    private void wakeOne() {
        Iterator<Integer> workers = idle.iterator();
        if (workers.hasNext()) {
            int worker = workers.next();
            workers.remove();
            take(worker);
        }
    }

    private void complete(int worker) {
        int task = taskOf[worker];
        long spent = timeline.now() - since[worker];
        taskOf[worker] = NONE;
        if (done[task]) {
            repeats++;
            repeatedNanos += spent;
        } else {
            done[task] = true;
            doneAt.add(timeline.now());
            usefulNanos += spent;
        }
        if (!stopWhenOver()) {
            take(worker);
        }
    }

    private void die(int worker) {
        int task = taskOf[worker];
        if (task == NONE) {
            idle.remove(worker);
        } else {
            timeline.cancel(tickets[worker]);
            broken++;
            brokenNanos += timeline.now() - since[worker];
            if (design.delivery() == WorkQueue.Delivery.AT_MOST_ONCE) {
                lost++;
            }
        }
        taskOf[worker] = NONE;
        if (!stopWhenOver()) {
            timeline.after(SimTime.nanos(design.restartSeconds()), 0, now -> start(worker));
        }
    }

    private boolean stopWhenOver() {
        boolean over = doneAt.size() + lost == design.tasks();
        if (over) {
            timeline.simulation().stop();
        }
        return over;
    }
}
