package trainyard.sim.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
    private final RandomStreams streams = new RandomStreams(42, 0);

    @Test
    void equalKeysGiveEqualStreams() {
        UniformRandomProvider first = streams.stream("gpu-failure", 7);
        streams.stream("gpu-repair", 7).nextLong();
        UniformRandomProvider second = new RandomStreams(42, 0).stream("gpu-failure", 7);
        for (int i = 0; i < 100; i++) {
            assertThat(second.nextLong()).isEqualTo(first.nextLong());
        }
    }

    @Test
    void everyPartOfTheKeyMatters() {
        Set<Long> first = new HashSet<>();
        first.add(streams.stream("gpu-failure", 7).nextLong());
        first.add(streams.stream("gpu-failure", 8).nextLong());
        first.add(streams.stream("gpu-failurf", 7).nextLong());
        first.add(streams.stream("gpu-failure").nextLong());
        first.add(streams.forReplication(1).stream("gpu-failure", 7).nextLong());
        first.add(new RandomStreams(43, 0).stream("gpu-failure", 7).nextLong());
        first.add(new RandomStreams(0, 42).stream("gpu-failure", 7).nextLong());
        assertThat(first).hasSize(7);
    }

    @Test
    void neighbouringKeysShareNoDraws() {
        Set<Long> seen = new HashSet<>();
        for (int replication = 0; replication < 20; replication++) {
            for (long entity = -50; entity < 50; entity++) {
                UniformRandomProvider random = streams.forReplication(replication).stream("x", entity);
                for (int draw = 0; draw < 5; draw++) {
                    seen.add(random.nextLong());
                }
            }
        }
        assertThat(seen).hasSize(20 * 100 * 5);
    }

    /** First draws of neighbouring streams are uncorrelated: |r| below 4 / sqrt(n). */
    @Test
    void neighbouringStreamsAreUncorrelated() {
        int n = 50_000;
        double sum = 0;
        double previous = streams.stream("x", -1).nextDouble() - 0.5;
        for (int entity = 0; entity < n; entity++) {
            double current = streams.stream("x", entity).nextDouble() - 0.5;
            sum += previous * current;
            previous = current;
        }
        assertThat(Math.abs(sum / n * 12)).isLessThan(4 / Math.sqrt(n));
    }

    @Test
    void refusesNegativeReplications() {
        assertThatThrownBy(() -> new RandomStreams(1, -1)).hasMessageContaining("replication (-1)");
    }
}
