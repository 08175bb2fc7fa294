package trainyard.faults.detect;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What one node of SWIM believes of the others and has still to pass on. */
final class GossipNode {

    private static final class Carried {
        private final News news;
        private int left;

        Carried(News news, int left) {
            this.news = news;
            this.left = left;
        }
    }

    private final int passes;
    private final Beliefs beliefs = new Beliefs();
    private final List<Carried> outgoing = new ArrayList<>(0);

    /**
     * @param passes how often it passes a piece of news on
     */
    GossipNode(int passes) {
        this.passes = passes;
    }

    News belief(int subject) {
        return beliefs.of(subject);
    }

    boolean holdsDead(int subject) {
        return beliefs.holdsDead(subject);
    }

    /** Takes news in; returns whether they are new to it. */
    boolean learn(News news) {
        int rank = Beliefs.rank(news);
        if (rank <= beliefs.rankOf(news.subject())) {
            return false;
        }
        beliefs.put(news.subject(), rank);
        outgoing.removeIf(carried -> carried.news.subject() == news.subject());
        outgoing.add(new Carried(news, passes));
        return true;
    }

    /** The news that ride on its next message. */
    List<News> take() {
        if (outgoing.isEmpty()) {
            return List.of();
        }
        List<News> taken = new ArrayList<>(outgoing.size());
        for (Iterator<Carried> i = outgoing.iterator(); i.hasNext(); ) {
            Carried carried = i.next();
            taken.add(carried.news);
            if (--carried.left == 0) {
                i.remove();
            }
        }
        return taken;
    }

    /** Forgets what was said of a node. */
    void forget(int subject) {
        beliefs.forget(subject);
        outgoing.removeIf(carried -> carried.news.subject() == subject);
    }

    /** Begins anew, knowing nothing. */
    void restart() {
        beliefs.clear();
        outgoing.clear();
    }
}
