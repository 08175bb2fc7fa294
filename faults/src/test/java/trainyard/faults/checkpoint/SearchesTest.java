package trainyard.faults.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SearchesTest {

    @Test
    void theLastOneIsFoundFromEveryGuess() {
        for (long most = 0; most <= 20; most++) {
            for (long last = 0; last <= most; last++) {
                for (long guess = 0; guess <= most; guess++) {
                    long expected = last;
                    assertThat(Searches.lastUpTo(most, guess, number -> number <= expected))
                            .as("last %d of %d from %d", last, most, guess)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aGoodGuessMakesItShort() {
        AtomicInteger asked = new AtomicInteger();
        long found = Searches.lastUpTo(1L << 60, 1_000_000_003L, number -> {
            asked.incrementAndGet();
            return number <= 1_000_000_005L;
        });
        assertThat(found).isEqualTo(1_000_000_005L);
        assertThat(asked.get()).isLessThan(8);
    }
}
