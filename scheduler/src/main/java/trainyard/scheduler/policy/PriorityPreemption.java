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

    private static int priority(SchedulingContext context, int job) {
        return context.job(job).traits().priority();
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        waiting.add(context, -(long) priority(context, job), job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        if (context.job(job).traits().preemptible()) {
            forget(context, job);
        }
    }

    private void forget(SchedulingContext context, int job) {
        int at = place(priority(context, job));
        running[at].remove(job);
        runningGpus[at] -= context.gpus(job);
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
    public void schedule(SchedulingContext context) {
        waiting.beginWalk();
        for (int job = waiting.first(Integer.MAX_VALUE);
                job != WaitingJobs.NONE;
                job = waiting.first(Integer.MAX_VALUE)) {
            if (context.gpus(job) <= context.freeGpus() && context.start(job)) {
                started(context, job);
            } else if (findVictims(context, job)) {
                stopVictims(context, job);
                if (context.start(job)) {
                    started(context, job);
                }
            } else {
                waiting.close(context, job);
            }
        }
    }

    private void started(SchedulingContext context, int job) {
        waiting.take(context, job);
        if (context.job(job).traits().preemptible()) {
            int at = place(priority(context, job));
            running[at].add(context.nowNanos(), job);
            runningGpus[at] += context.gpus(job);
        }
    }

    private void stopVictims(SchedulingContext context, int beneficiary) {
        for (int i = 0; i < victims.count(); i++) {
            int victim = victims.job(i);
            forget(context, victim);
            context.preemptFor(victim, beneficiary);
            arrived(context, victim);
        }
    }

    /** Of jobs of lower classes; not even listed where all of them together have too few GPUs. */
    private boolean findVictims(SchedulingContext context, int job) {
        int below = place(priority(context, job));
        int freed = context.freeGpus();
        for (int at = 0; at < below; at++) {
            freed += runningGpus[at];
        }
        if (freed < context.gpus(job)) {
            return false;
        }
        victims.clear();
        for (int at = 0; at < below; at++) {
            for (int i = running[at].count() - 1; i >= 0; i--) {
                victims.add(running[at].job(i));
            }
        }
        return victims.find(context, job);
    }
}
