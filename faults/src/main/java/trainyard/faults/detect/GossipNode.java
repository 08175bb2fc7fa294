package trainyard.faults.detect;

import java.util.ArrayList;
import java.util.List;

/** What one node of SWIM has still to pass on. */
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
    private final List<Carried> outgoing = new ArrayList<>(0);

    /**
     * @param passes how often it passes a piece of news on
     */
    GossipNode(int passes) {
        this.passes = passes;
    }

    /** Passes news on from now, in place of older ones of the same node. */
    void passOn(News news) {
        forget(news.subject());
        outgoing.add(new Carried(news, passes));
    }

    /**
     * Puts the news on its next message.
     *
     * @param message holds them afterwards, and nothing else
     */
    void write(List<News> message) {
        message.clear();
        for (int i = 0; i < outgoing.size(); ) {
            Carried carried = outgoing.get(i);
            message.add(carried.news);
            if (--carried.left == 0) {
                outgoing.remove(i);
            } else {
                i++;
            }
        }
    }

    /** Passes nothing more on of a node. */
    void forget(int subject) {
        for (int i = outgoing.size() - 1; i >= 0; i--) {
            if (outgoing.get(i).news.subject() == subject) {
                outgoing.remove(i);
            }
        }
    }

    /** Begins anew, with nothing to pass on. */
    void restart() {
        outgoing.clear();
    }
}
