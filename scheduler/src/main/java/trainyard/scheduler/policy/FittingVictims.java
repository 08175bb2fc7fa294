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
    public boolean find(Desk desk, int job) {
        boolean found = lendUntilItFits(desk, job);
        for (int i = count - 1; i >= 0 && found; i--) {
            spareIfNotNeeded(desk, job, i);
        }
        for (int i = 0; i < count; i++) {
            desk.takeBack(jobs[i]);
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
    private boolean lendUntilItFits(Desk desk, int job) {
        int lent = 0;
        while (lent < count && desk.freeGpus() < desk.gpus(job)) {
            desk.lend(jobs[lent++]);
        }
        if (!desk.fits(job)) {
            int least = lent + 1;
            lent = lendTo(desk, lent, count);
            if (!desk.fits(job)) {
                return false;
            }
            lent = halve(desk, job, least);
        }
        count = lent;
        return true;
    }

    /** All are lent, and the job fits; fewer than {@code atLeast} are too few. Returns how many are lent in the end. */
    private int halve(Desk desk, int job, int atLeast) {
        int least = atLeast;
        int most = count;
        int lent = count;
        while (least < most) {
            int half = (least + most) >>> 1;
            lent = lendTo(desk, lent, half);
            if (desk.fits(job)) {
                most = half;
            } else {
                least = half + 1;
            }
        }
        return lendTo(desk, lent, most);
    }

    /** Lends more of them, or takes the last back, until so many are lent. */
    private int lendTo(Desk desk, int lent, int wanted) {
        for (int i = lent; i < wanted; i++) {
            desk.lend(jobs[i]);
        }
        for (int i = lent - 1; i >= wanted; i--) {
            desk.takeBack(jobs[i]);
        }
        return wanted;
    }

    private void spareIfNotNeeded(Desk desk, int job, int place) {
        int spared = jobs[place];
        desk.takeBack(spared);
        if (desk.fits(job)) {
            count--;
            System.arraycopy(jobs, place + 1, jobs, place, count - place);
        } else {
            desk.lend(spared);
        }
    }
}
