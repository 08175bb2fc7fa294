package trainyard.scheduler.policy;

import java.util.Arrays;

/**
 * Priority classes: the highest first, within a class the first that came; one that does not fit is passed over. One that does not fit
 * stops running jobs of lower classes if their GPUs let the placement fit it: victims are gathered from the lowest class up, within a class
 * the one started last first, until it fits; then each that turns out not to be needed is spared, the highest class and the longest run first.
 * So no victim can be left out, though a smaller set of others may exist. Jobs that are not preemptible are never stopped.
 */
public final class PriorityPreemption implements SchedulingPolicy {

    private final WaitingJobs waiting = new WaitingJobs();
    /** Classes seen so far, ascending. */
    private int[] classes = {};
    /** Preemptible jobs that run, by place of their class, in the order of their starts; and their GPUs. */
    private JobRow[] running = {};

    private int[] runningGpus = {};

    private final FittingVictims victims = new FittingVictims();

    @Override
    public String name() {
        return "priority";
    }

    private static int priority(Desk desk, int job) {
        return desk.job(job).traits().priority();
    }

    @Override
    public void arrived(Desk desk, int job) {
        waiting.add(desk, -(long) priority(desk, job), job);
    }

    @Override
    public void ended(Desk desk, int job) {
        if (desk.job(job).traits().preemptible()) {
            forget(desk, job);
        }
    }

    private void forget(Desk desk, int job) {
        int at = place(priority(desk, job));
        running[at].remove(job);
        runningGpus[at] -= desk.gpus(job);
    }

    /** The place of a class; made if it is new. */
    private int place(int priority) {
        int at = Arrays.binarySearch(classes, priority);
        if (at >= 0) {
            return at;
        }
        at = -at - 1;
        int count = classes.length;
        classes = Arrays.copyOf(classes, count + 1);
        running = Arrays.copyOf(running, count + 1);
        runningGpus = Arrays.copyOf(runningGpus, count + 1);
        System.arraycopy(classes, at, classes, at + 1, count - at);
        System.arraycopy(running, at, running, at + 1, count - at);
        System.arraycopy(runningGpus, at, runningGpus, at + 1, count - at);
        classes[at] = priority;
        running[at] = new JobRow();
        runningGpus[at] = 0;
        return at;
    }

    @Override
    public void schedule(Desk desk) {
        waiting.beginWalk();
        for (int job = waiting.first(Integer.MAX_VALUE);
                job != WaitingJobs.NONE;
                job = waiting.first(Integer.MAX_VALUE)) {
            if (desk.gpus(job) <= desk.freeGpus() && desk.start(job)) {
                started(desk, job);
            } else if (findVictims(desk, job)) {
                stopVictims(desk, job);
                if (desk.start(job)) {
                    started(desk, job);
                }
            } else {
                waiting.close(desk, job);
            }
        }
    }

    private void started(Desk desk, int job) {
        waiting.take(desk, job);
        if (desk.job(job).traits().preemptible()) {
            int at = place(priority(desk, job));
            running[at].add(desk.nowNanos(), job);
            runningGpus[at] += desk.gpus(job);
        }
    }

    private void stopVictims(Desk desk, int beneficiary) {
        for (int i = 0; i < victims.count(); i++) {
            int victim = victims.job(i);
            forget(desk, victim);
            desk.preemptFor(victim, beneficiary);
            arrived(desk, victim);
        }
    }

    /** Of jobs of lower classes; not even listed where all of them together have too few GPUs. */
    private boolean findVictims(Desk desk, int job) {
        int below = place(priority(desk, job));
        int freed = desk.freeGpus();
        for (int at = 0; at < below; at++) {
            freed += runningGpus[at];
        }
        if (freed < desk.gpus(job)) {
            return false;
        }
        victims.clear();
        for (int at = 0; at < below; at++) {
            for (int i = running[at].count() - 1; i >= 0; i--) {
                victims.add(running[at].job(i));
            }
        }
        return victims.find(desk, job);
    }
}
