package trainyard.faults.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import trainyard.faults.detect.News.Status;

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
    private final Map<Integer, News> beliefs = new HashMap<>(4);
    private final List<Carried> outgoing = new ArrayList<>(0);

    /**
     * @param passes how often it passes a piece of news on
     */
    GossipNode(int passes) {
        this.passes = passes;
    }

    News belief(int subject) {
        News known = beliefs.get(subject);
        return known == null ? News.alive(subject) : known;
    }

    boolean holdsDead(int subject) {
        return !beliefs.isEmpty() && belief(subject).status() == Status.DEAD;
    }

    /** Takes news in; returns whether they are new to it. */
    boolean learn(News news) {
        if (!news.overrides(belief(news.subject()))) {
            return false;
        }
        beliefs.put(news.subject(), news);
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
        beliefs.remove(subject);
        outgoing.removeIf(carried -> carried.news.subject() == subject);
    }

    /** Begins anew, knowing nothing. */
    void restart() {
        beliefs.clear();
        outgoing.clear();
    }
}
