package trainyard.faults.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.faults.detect.News.Status;

class BeliefsTest {

    @Test
    void whatOverridesRanksHigher() {
        for (int one = 0; one < 12; one++) {
            for (int other = 0; other < 12; other++) {
                News news = new News(7, Status.values()[one % 3], one / 3);
                News older = new News(7, Status.values()[other % 3], other / 3);

                assertThat(Beliefs.rank(news) > Beliefs.rank(older))
                        .as("%s over %s", news, older)
                        .isEqualTo(news.overrides(older));
            }
        }
    }

    @Test
    void theyAreThoseOfAMap() {
        Random random = new Random(11);
        Beliefs beliefs = new Beliefs();
        Map<Integer, News> map = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int subject = random.nextInt(300) * 16;
            int what = random.nextInt(1000);
            if (what == 0) {
                beliefs.clear();
                map.clear();
            } else if (what < 200) {
                beliefs.forget(subject);
                map.remove(subject);
            } else {
                News news = new News(subject, Status.values()[random.nextInt(3)], random.nextInt(4));
                beliefs.put(subject, Beliefs.rank(news));
                map.put(subject, news);
            }
            int asked = random.nextInt(300) * 16;
            News expected = map.getOrDefault(asked, News.alive(asked));
            assertThat(beliefs.of(asked)).isEqualTo(expected);
            assertThat(beliefs.holdsDead(asked)).isEqualTo(expected.status() == Status.DEAD);
        }
    }
}
