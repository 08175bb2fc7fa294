package trainyard.faults.detect;

import trainyard.faults.detect.News.Status;

/**
 * What the nodes of a group believe of each other. Believed of all is at first that they are alive and never had to say so;
 * only for those of whom something else is said there is a row, with the belief of each node, so that to ask of the others
 * takes one look.
 */
final class Beliefs {

    private static final Status[] STATUSES = Status.values();

    /** Ranks by subject and by the node that believes; no row where all believe the first. */
    private final int[][] rows;

    /**
     * @param nodes of the group
     */
    Beliefs(int nodes) {
        rows = new int[nodes][];
    }

    /** What overrides has the higher rank; 0 is what all believe at first. */
    static int rank(News news) {
        return STATUSES.length * news.incarnation() + news.status().ordinal();
    }

    News of(int node, int subject) {
        int rank = rankOf(node, subject);
        return new News(subject, STATUSES[rank % STATUSES.length], rank / STATUSES.length);
    }

    boolean holdsDead(int node, int subject) {
        return rankOf(node, subject) % STATUSES.length == Status.DEAD.ordinal();
    }

    private int rankOf(int node, int subject) {
        int[] row = rows[subject];
        return row == null ? 0 : row[node];
    }

    /** Takes news in; returns whether they override what the node believes. */
    boolean learn(int node, News news) {
        int rank = rank(news);
        if (rank <= rankOf(node, news.subject())) {
            return false;
        }
        if (rows[news.subject()] == null) {
            rows[news.subject()] = new int[rows.length];
        }
        rows[news.subject()][node] = rank;
        return true;
    }

    /** All believe of a node again what they believe at first. */
    void forget(int subject) {
        rows[subject] = null;
    }

    /** A node believes of all others again what it believes at first. */
    void restart(int node) {
        for (int[] row : rows) {
            if (row != null) {
                row[node] = 0;
            }
        }
    }
}
