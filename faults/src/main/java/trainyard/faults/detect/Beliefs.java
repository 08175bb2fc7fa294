package trainyard.faults.detect;

import java.util.Arrays;
import trainyard.faults.detect.News.Status;

/**
 * What one node believes of others, by their numbers: a hash table without objects, since a large group that loses messages fills one on
 * each of its nodes. Believed of all others is that they are alive and never had to say so.
 */
final class Beliefs {

    private static final Status[] STATUSES = Status.values();
    private static final int SMALLEST = 8;

    /** Number of a subject and one more; 0 where a place is free. */
    private int[] subjects = new int[0];

    /** The rank of what is said of it. */
    private int[] ranks = new int[0];

    private int count;
    private int dead;

    /** What overrides has the higher rank; 0 is what all believe at first. */
    static int rank(News news) {
        return STATUSES.length * news.incarnation() + news.status().ordinal();
    }

    private static boolean isDead(int rank) {
        return rank % STATUSES.length == Status.DEAD.ordinal();
    }

    News of(int subject) {
        int rank = rankOf(subject);
        return new News(subject, STATUSES[rank % STATUSES.length], rank / STATUSES.length);
    }

    int rankOf(int subject) {
        return count == 0 ? 0 : ranks[place(subject)];
    }

    boolean holdsDead(int subject) {
        return dead > 0 && isDead(rankOf(subject));
    }

    void put(int subject, int rank) {
        if (2 * (count + 1) > subjects.length) {
            grow();
        }
        int place = place(subject);
        if (subjects[place] == 0) {
            subjects[place] = subject + 1;
            count++;
        }
        dead += (isDead(rank) ? 1 : 0) - (isDead(ranks[place]) ? 1 : 0);
        ranks[place] = rank;
    }

    /** Believes of a node again what all believe at first. */
    void forget(int subject) {
        if (rankOf(subject) != 0) {
            put(subject, 0);
        }
    }

    void clear() {
        Arrays.fill(subjects, 0);
        Arrays.fill(ranks, 0);
        count = 0;
        dead = 0;
    }

    /** Where a subject stands, or else would. */
    private int place(int subject) {
        int mask = subjects.length - 1;
        int place = subject & mask;
        while (subjects[place] != 0 && subjects[place] != subject + 1) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        int[] oldSubjects = subjects;
        int[] oldRanks = ranks;
        int size = Math.max(SMALLEST, 2 * oldSubjects.length);
        subjects = new int[size];
        ranks = new int[size];
        for (int i = 0; i < oldSubjects.length; i++) {
            if (oldSubjects[i] != 0) {
                int place = place(oldSubjects[i] - 1);
                subjects[place] = oldSubjects[i];
                ranks[place] = oldRanks[i];
            }
        }
    }
}
