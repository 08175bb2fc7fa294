package trainyard.scheduler.quota;

import java.util.Arrays;
import trainyard.scheduler.policy.JobRow;
import trainyard.scheduler.policy.SchedulingContext;

/**
 * Whom a job stops. Candidates are taken in order - other queues before its own, lower priorities first, of one priority the one
 * started last - until quota and placement fit the job; then each that turns out not to be needed is spared, the last first.
 */
final class VictimSearch {

    /** Which shares allow to stop a job of another queue in fair sharing (KEP 1714). */
    private enum Fair {
        /** Its queue keeps at least the share that the preempting one will have. */
        FINAL_SHARE,
        /** Its queue has more than the preempting one will have. */
        INITIAL_SHARE
    }

    private final QuotaBooks books;
    private final boolean fairSharing;
    private int[] victims = new int[16];
    private int count;
    private int[] places = {};
    /** Of the job in question: what it needs, its priority, the rules of its queue, and whether it would borrow. */
    private final long[] need = new long[Amounts.KINDS];

    private int priority;
    private PreemptionRules rules = PreemptionRules.NEVER;
    private boolean borrows;

    VictimSearch(QuotaBooks books, boolean fairSharing) {
        this.books = books;
        this.fairSharing = fairSharing;
    }

    int count() {
        return count;
    }

    int victim(int place) {
        return victims[place];
    }

    /** Looks for victims; the books are as before afterwards. */
    boolean find(SchedulingContext context, int queue, int job) {
        count = 0;
        if (!books.mayStopOthers(queue)) {
            return false;
        }
        Amounts.write(context, job, need);
        priority = context.job(job).traits().priority();
        rules = books.rules(queue);
        borrows = books.borrowsWith(context, queue, job);
        boolean found = find(context, queue, job, Fair.FINAL_SHARE);
        if (!found && fairSharing) {
            found = find(context, queue, job, Fair.INITIAL_SHARE);
        }
        return found;
    }

    private boolean find(SchedulingContext context, int queue, int job, Fair fair) {
        count = 0;
        boolean found = gather(context, queue, job, fair);
        for (int i = count - 1; i >= 0 && found; i--) {
            spareIfNotNeeded(context, queue, job, i);
        }
        for (int i = 0; i < count; i++) {
            books.use(context, books.queueOf(context, victims[i]), victims[i]);
            context.takeBack(victims[i]);
        }
        return found && count > 0;
    }

    private boolean gather(SchedulingContext context, int queue, int job, Fair fair) {
        if (places.length < books.queues()) {
            places = new int[books.queues()];
        }
        Arrays.fill(places, 0);
        for (int from = next(context, queue, job, fair); from >= 0; from = next(context, queue, job, fair)) {
            int victim = books.running(from).job(places[from]++);
            add(victim);
            books.giveBack(context, from, victim);
            context.lend(victim);
            if (context.freeGpus() >= context.gpus(job) && fits(context, queue, job)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(SchedulingContext context, int queue, int job) {
        return books.fits(context, queue, job) && context.fits(job);
    }

    /** The queue of the next candidate: the first of the others, else its own; -1 if there is none. */
    private int next(SchedulingContext context, int queue, int job, Fair fair) {
        int next = -1;
        for (int other = 0; other < books.tree().nodes(); other++) {
            if (other != queue
                    && books.tree().sameCohort(queue, other)
                    && skipToCandidate(context, queue, other, job, fair)
                    && (next < 0 || key(other) < key(next))) {
                next = other;
            }
        }
        if (next >= 0) {
            return next;
        }
        return places[queue] < books.running(queue).count() && mayStopOwn(queue, job) ? queue : -1;
    }

    private long key(int queue) {
        return books.running(queue).key(places[queue]);
    }

    private boolean mayStopOwn(int queue, int job) {
        int victim = books.running(queue).job(places[queue]);
        int ofVictim = books.priority(queue, places[queue]);
        return switch (rules.within()) {
            case NEVER -> false;
            case LOWER_PRIORITY -> ofVictim < priority;
            case LOWER_OR_NEWER_EQUAL_PRIORITY -> ofVictim < priority || ofVictim == priority && victim > job;
        };
    }

    /** Steps over what may not be stopped; whether a candidate is left. */
    private boolean skipToCandidate(SchedulingContext context, int queue, int other, int job, Fair fair) {
        JobRow row = books.running(other);
        if (places[other] == row.count() || !books.tree().borrows(other, need)) {
            return false;
        }
        while (places[other] < row.count() && !mayStop(context, queue, other, job, fair)) {
            // Without fair sharing only priorities decide, and those behind have no lower ones.
            places[other] = fairSharing ? places[other] + 1 : row.count();
        }
        return places[other] < row.count();
    }

    private boolean mayStop(SchedulingContext context, int queue, int other, int job, Fair fair) {
        int ofVictim = books.priority(other, places[other]);
        boolean lower = ofVictim < priority;
        boolean reclaims = rules.reclaim() == PreemptionRules.Reclaim.ANY
                || rules.reclaim() == PreemptionRules.Reclaim.LOWER_PRIORITY && lower;
        if (!borrows) {
            return reclaims;
        }
        boolean below = lower && ofVictim <= rules.borrowBelow();
        int victim = books.running(other).job(places[other]);
        return below || fairSharing && reclaims && isFair(context, queue, other, job, victim, fair);
    }

    private boolean isFair(SchedulingContext context, int queue, int other, int job, int victim, Fair fair) {
        double own = books.shareWith(context, queue, job);
        if (fair == Fair.INITIAL_SHARE) {
            return own < books.share(other);
        }
        books.giveBack(context, other, victim);
        double left = books.share(other);
        books.use(context, other, victim);
        return own <= left;
    }

    private void add(int victim) {
        if (count == victims.length) {
            victims = Arrays.copyOf(victims, 2 * count);
        }
        victims[count++] = victim;
    }

    private void spareIfNotNeeded(SchedulingContext context, int queue, int job, int place) {
        int spared = victims[place];
        int from = books.queueOf(context, spared);
        books.use(context, from, spared);
        context.takeBack(spared);
        if (fits(context, queue, job)) {
            count--;
            System.arraycopy(victims, place + 1, victims, place, count - place);
        } else {
            books.giveBack(context, from, spared);
            context.lend(spared);
        }
    }
}
