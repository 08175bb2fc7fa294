package trainyard.scheduler.policy;

import java.util.Arrays;

/**
 * Running jobs whose GPUs let the placement fit another one: of candidates in the order in which they may be stopped, the fewest from the
 * first on without which it fits; then each of these that turns out not to be needed is spared, the last candidate first. So no victim can
 * be left out, though a smaller set of others may exist.
 */
public final class FittingVictims {

    private int[] jobs = new int[16];
    private int count;

    /** No candidates. */
    public void clear() {
        count = 0;
    }

    /** Adds a candidate, which may be stopped only after those before. */
    public void add(int job) {
        if (count == jobs.length) {
            jobs = Arrays.copyOf(jobs, 2 * count);
        }
        jobs[count++] = job;
    }

    /**
     * Leaves of the candidates those to be stopped.
     *
     * @param job that waits and does not fit now
     * @return whether it fits without them; if not, those that are left mean nothing
     */
    public boolean find(SchedulingContext context, int job) {
        boolean found = lendUntilItFits(context, job);
        for (int i = count - 1; i >= 0 && found; i--) {
            spareIfNotNeeded(context, job, i);
        }
        for (int i = 0; i < count; i++) {
            context.takeBack(jobs[i]);
        }
        return found && count > 0;
    }

    /** How many are to be stopped. */
    public int count() {
        return count;
    }

    /** One of them, from 0. */
    public int job(int index) {
        return jobs[index];
    }

    /** More free GPUs never make a job fit worse, so where the first that have enough are not it, the number is found by halving. */
    private boolean lendUntilItFits(SchedulingContext context, int job) {
        int lent = 0;
        while (lent < count && context.freeGpus() < context.gpus(job)) {
            context.lend(jobs[lent++]);
        }
        if (!context.fits(job)) {
            int least = lent + 1;
            lent = lendTo(context, lent, count);
            if (!context.fits(job)) {
                return false;
            }
            lent = halve(context, job, least);
        }
        count = lent;
        return true;
    }

    /** All are lent, and the job fits; fewer than {@code atLeast} are too few. Returns how many are lent in the end. */
    private int halve(SchedulingContext context, int job, int atLeast) {
        int least = atLeast;
        int most = count;
        int lent = count;
        while (least < most) {
            int half = (least + most) >>> 1;
            lent = lendTo(context, lent, half);
            if (context.fits(job)) {
                most = half;
            } else {
                least = half + 1;
            }
        }
        return lendTo(context, lent, most);
    }

    /** Lends more of them, or takes the last back, until so many are lent. */
    private int lendTo(SchedulingContext context, int lent, int wanted) {
        for (int i = lent; i < wanted; i++) {
            context.lend(jobs[i]);
        }
        for (int i = lent - 1; i >= wanted; i--) {
            context.takeBack(jobs[i]);
        }
        return wanted;
    }

    private void spareIfNotNeeded(SchedulingContext context, int job, int place) {
        int spared = jobs[place];
        context.takeBack(spared);
        if (context.fits(job)) {
            count--;
            System.arraycopy(jobs, place + 1, jobs, place, count - place);
        } else {
            context.lend(spared);
        }
    }
}
