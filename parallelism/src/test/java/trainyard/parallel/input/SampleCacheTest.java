package trainyard.parallel.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;

/** The closed form against a cache that is filled sample by sample. */
class SampleCacheTest {

    private static final int SAMPLES = 10_000;
    private static final int PARTS = 10;

    private static double mean(SampleCache cache) {
        int points = 100_000;
        double sum = 0;
        for (int i = 0; i < points; i++) {
            sum += cache.hitShare((i + 0.5) / points);
        }
        return sum / points;
    }

    @Test
    void oneReaderHitsTheKnownShare() {
        for (double c : new double[] {0.1, 0.25, 0.5, 0.9}) {
            assertThat(mean(new SampleCache(CachePolicy.LRU, c, 1, 3)))
                    .isCloseTo(c + (1 - c) * Math.log(1 - c), within(1e-4));
            assertThat(mean(new SampleCache(CachePolicy.FIXED_SUBSET, c, 1, 3))).isCloseTo(c, within(1e-12));
        }
        assertThat(mean(new SampleCache(CachePolicy.LRU, 0.5, 1, 2))).isCloseTo(0.153, within(1e-3));
        assertThat(mean(new SampleCache(CachePolicy.LRU, 1, 1, 2))).isEqualTo(1);
        assertThat(mean(new SampleCache(CachePolicy.LRU, 0.5, 1, 1))).isZero();
    }

    @Test
    void agreesWithACacheOfSamples() {
        for (CachePolicy policy : CachePolicy.values()) {
            for (int readers : new int[] {1, 4}) {
                for (double share : new double[] {0.05, 0.2, 0.5, 0.8}) {
                    for (int epoch : new int[] {1, 2, 3, 30}) {
                        check(new SampleCache(policy, share, readers, epoch));
                    }
                }
            }
        }
    }

    private static void check(SampleCache cache) {
        double[] simulated = hitsByPart(cache);
        for (int part = 0; part < PARTS; part++) {
            double expected = 0;
            for (int i = 0; i < 100; i++) {
                expected += cache.hitShare((part + (i + 0.5) / 100) / PARTS) / 100;
            }
            assertThat(simulated[part])
                    .as("%s part %d: %s", cache, part, Arrays.toString(simulated))
                    .isCloseTo(expected, within(0.08));
        }
    }

    /** Hit share in each tenth of the epoch, of one node of several that take parts of a fresh permutation in turn. */
    private static double[] hitsByPart(SampleCache cache) {
        UniformRandomProvider random = new RandomStreams(11, 0).stream("shuffle");
        int capacity = (int) Math.round(cache.share() * SAMPLES);
        boolean lru = cache.policy() == CachePolicy.LRU;
        Map<Integer, Boolean> kept = new LinkedHashMap<>(16, 0.75f, lru);
        double[] hits = new double[PARTS];
        for (int epoch = 1; epoch <= cache.epoch(); epoch++) {
            Arrays.fill(hits, 0);
            int[] order = PermutationSampler.natural(SAMPLES);
            PermutationSampler.shuffle(random, order);
            List<Integer> own = new ArrayList<>();
            for (int i = 0; i < SAMPLES; i += cache.readers()) {
                own.add(order[i]);
            }
            for (int i = 0; i < own.size(); i++) {
                boolean hit = kept.get(own.get(i)) != null;
                hits[i * PARTS / own.size()] += hit ? (double) PARTS / own.size() : 0;
                if (!hit && (lru || kept.size() < capacity)) {
                    kept.put(own.get(i), true);
                    if (kept.size() > capacity) {
                        kept.remove(kept.keySet().iterator().next());
                    }
                }
            }
        }
        return hits;
    }
}
