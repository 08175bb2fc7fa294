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

    private int[] victims = new int[16];
    private int victimCount;

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
        for (int i = 0; i < victimCount; i++) {
            int victim = victims[i];
            forget(desk, victim);
            desk.preemptFor(victim, beneficiary);
            arrived(desk, victim);
        }
    }

    private boolean findVictims(Desk desk, int job) {
        victimCount = 0;
        if (!gather(desk, job)) {
            return false;
        }
        for (int i = victimCount - 1; i >= 0; i--) {
            spareIfNotNeeded(desk, job, i);
        }
        return victimCount > 0;
    }

    /**
     * Gathers the fewest in their order without which the job fits. More free GPUs never make it fit worse, so the number is found by
     * halving.
     */
    private boolean gather(Desk desk, int job) {
        int least = candidates(desk, job);
        int most = victimCount;
        if (least == 0 || !desk.fitsWithout(job, victims, most)) {
            return false;
        }
        if (desk.fitsWithout(job, victims, least)) {
            most = least;
        }
        while (least < most) {
            int half = (least + most) >>> 1;
            if (desk.fitsWithout(job, victims, half)) {
                most = half;
            } else {
                least = half + 1;
            }
        }
        victimCount = most;
        return true;
    }

    /** Lists all jobs that may be stopped, and tells how many of them leave enough GPUs at least; 0: all leave too few. */
    private int candidates(Desk desk, int job) {
        int below = place(priority(desk, job));
        int needed = desk.gpus(job);
        int freed = desk.freeGpus();
        for (int at = 0; at < below; at++) {
            freed += runningGpus[at];
        }
        if (freed < needed) {
            return 0;
        }
        freed = desk.freeGpus();
        int least = 0;
        for (int at = 0; at < below; at++) {
            for (int i = running[at].count() - 1; i >= 0; i--) {
                int victim = running[at].job(i);
                add(victim);
                freed += desk.gpus(victim);
                if (least == 0 && freed >= needed) {
                    least = victimCount;
                }
            }
        }
        return least;
    }

    private void add(int victim) {
        if (victimCount == victims.length) {
            victims = Arrays.copyOf(victims, 2 * victimCount);
        }
        victims[victimCount++] = victim;
    }

    private void spareIfNotNeeded(Desk desk, int job, int place) {
        int spared = victims[place];
        System.arraycopy(victims, place + 1, victims, place, victimCount - place - 1);
        if (desk.fitsWithout(job, victims, victimCount - 1)) {
            victimCount--;
        } else {
            System.arraycopy(victims, place, victims, place + 1, victimCount - place - 1);
            victims[place] = spared;
        }
    }
}
