package trainyard.faults.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.faults.detect.News.Status;

class BeliefsTest {

    /** What all believe at first. */
    private static News alive(int subject) {
        return new News(subject, Status.ALIVE, 0);
    }

    private static boolean overrides(News news, News older) {
        return news.incarnation() > older.incarnation()
                || news.incarnation() == older.incarnation() && news.status().compareTo(older.status()) > 0;
    }

    @Test
    void whatOverridesRanksHigher() {
        for (int one = 0; one < 12; one++) {
            for (int other = 0; other < 12; other++) {
                News news = new News(7, Status.values()[one % 3], one / 3);
                News older = new News(7, Status.values()[other % 3], other / 3);

                assertThat(Beliefs.rank(news) > Beliefs.rank(older))
                        .as("%s over %s", news, older)
                        .isEqualTo(overrides(news, older));
            }
        }
    }

    @Test
    void theyAreThoseOfAMap() {
        Random random = new Random(11);
        int nodes = 30;
        Beliefs beliefs = new Beliefs(nodes);
        Map<List<Integer>, News> map = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int node = random.nextInt(nodes);
            int subject = random.nextInt(nodes);
            int what = random.nextInt(100);
            if (what == 0) {
                beliefs.restart(node);
                map.keySet().removeIf(key -> key.get(0) == node);
            } else if (what == 1) {
                beliefs.forget(subject);
                map.keySet().removeIf(key -> key.get(1) == subject);
            } else {
                News news = new News(subject, Status.values()[random.nextInt(3)], random.nextInt(4));
                boolean isNew = overrides(news, map.getOrDefault(List.of(node, subject), alive(subject)));
                assertThat(beliefs.learn(node, news)).isEqualTo(isNew);
                if (isNew) {
                    map.put(List.of(node, subject), news);
                }
            }
            int by = random.nextInt(nodes);
            int of = random.nextInt(nodes);
            News expected = map.getOrDefault(List.of(by, of), alive(of));
            assertThat(beliefs.of(by, of)).isEqualTo(expected);
            assertThat(beliefs.holdsDead(by, of)).isEqualTo(expected.status() == Status.DEAD);
        }
    }
}
