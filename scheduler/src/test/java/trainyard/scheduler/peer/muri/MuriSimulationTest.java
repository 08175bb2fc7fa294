package trainyard.scheduler.peer.muri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MuriSimulationTest {

    private static MuriJob job(String id, double submit, int gpus, double iterations) {
        return new MuriJob(id, gpus, submit, iterations, 1, "unknown model: 10 s", List.of(), 0, -1);
    }

    private static MuriSimulation.Outcome play(String policy, MuriJob... jobs) {
        return MuriSimulation.run(List.of(jobs), 1, 1, policy).orElseThrow();
    }

    @Test
    void aShorterJobGoesFirstAndTheOneThatRanLosesTheOverheadOfTheEvent() {
        MuriSimulation.Outcome outcome = play("shortest", job("long", 0, 1, 100), job("short", 50, 1, 10));

        assertThat(outcome.completionSeconds()).containsEntry("short", 10.0).containsEntry("long", 120.0);
        assertThat(outcome.endSeconds()).isEqualTo(120);
    }

    @Test
    void aJobIsLookedAtWhenItLeavesAQueueAndLosesTheOverheadThen() {
        assertThat(play("dlas-gpu", job("a", 0, 1, 5000)).completionSeconds()).containsEntry("a", 5010.0);
    }

    @Test
    void whatNeverFitsIsRefusedAndWhatIsNotThereIsEmpty() {
        assertThatThrownBy(() -> play("shortest-gpu", job("wide", 0, 2, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wide never fits");
        assertThat(MuriSimulation.run(List.of(), 1, 1, "themis")).isEmpty();
    }

    private static MuriJob turning(String id, Double... resources) {
        return new MuriJob(id, 1, 0, 100, 1, "unknown model: 10 s", List.of(resources), 100, -1);
    }

    /**
     * One reads for 1 s, the other computes for 1 s: together an iteration takes 1 s times 1.33 / 1.015. Alone on the GPU one after the other they would take
     * 2 s.
     */
    @Test
    void twoJobsTakeTurnsOnOneGpu() {
        MuriSimulation.Outcome outcome = play(
                "multi-resource-blossom-same-gpu", turning("reads", 1.0, 0.0, 0.0), turning("computes", 0.0, 1.0, 0.0));

        assertThat(outcome.completionSeconds().get("reads")).isCloseTo(100 * 1.33 / 1.015, within(1e-9));
        assertThat(outcome.completionSeconds().get("computes")).isCloseTo(100 * 1.33 / 1.015, within(1e-9));
    }

    /** The largest weight of all matchings, by looking at each. */
    @Test
    void theMatchingIsTheOneOfLargestWeight() {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            int nodes = 2 + random.nextInt(7);
            double[][] weights = new double[nodes][nodes];
            for (int one = 0; one < nodes; one++) {
                for (int other = 0; other < one; other++) {
                    weights[one][other] = random.nextInt(5) == 0 ? 0 : 0.05 + random.nextDouble();
                    weights[other][one] = weights[one][other];
                }
            }
            int[] partner = PackMatching.of(weights);
            double found = 0;
            for (int one = 0; one < nodes; one++) {
                if (partner[one] >= 0) {
                    assertThat(partner[partner[one]]).isEqualTo(one);
                    found += weights[one][partner[one]] / 2;
                }
            }
            assertThat(found).isCloseTo(best(weights, new boolean[nodes], 0), within(1e-3));
        }
    }

    private static double best(double[][] weights, boolean[] taken, int from) {
        if (from == taken.length) {
            return 0;
        }
        double best = best(weights, taken, from + 1);
        for (int other = from + 1; !taken[from] && other < taken.length; other++) {
            if (!taken[other]) {
                taken[other] = true;
                best = Math.max(best, weights[from][other] + best(weights, taken, from + 1));
                taken[other] = false;
            }
        }
        return best;
    }

    private static MuriJob sharing(String id, double submit, int gpus, double iterations, int priority) {
        return new MuriJob(id, gpus, submit, iterations, 1, "unknown model: 10 s", List.of(0.2, 0.5, 0.1), 0, priority);
    }

    /** The gaps of the guaranteed job are 0.6, 0.3 and 0.7 s long: 0.2 s of data and 0.1 s of the 0.5 s of GPU go into the first. */
    @Test
    void anOpportunisticJobGoesIntoTheGapsOfTheGuaranteedOneOnItsGpu() {
        MuriSimulation.Outcome outcome =
                play("antman", sharing("guaranteed", 0, 1, 1000, 0), sharing("opportunistic", 0, 1, 100, 1));

        // Its GPU time of 0.4 s takes two gaps, with 0.1 s of the second one, which leaves room for all of its network:
        // 1 + 2 in all.
        assertThat(outcome.completionSeconds())
                .containsEntry("opportunistic", 300.0)
                .containsEntry("guaranteed", 1010.0);
    }

    @Test
    void aGuaranteedJobKeepsWhatItFindsAndNobodyGetsThoseGpusMeanwhile() {
        MuriSimulation.Outcome outcome = MuriSimulation.run(
                        List.of(
                                sharing("small", 0, 1, 100, 0),
                                sharing("wide", 1, 2, 10, 0),
                                sharing("late", 2, 1, 10, 0)),
                        1,
                        2,
                        "antman")
                .orElseThrow();

        // The small job loses 1 + 1 s of the two arrivals, whose intervals are shorter than its overhead.
        assertThat(outcome.completionSeconds())
                .containsEntry("small", 102.0)
                .containsEntry("wide", 111.0)
                .containsEntry("late", 120.0);
    }

    @Test
    void whatAntManNeedsHasToBeStated() {
        assertThatThrownBy(() -> play("antman", job("bare", 0, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bare has no priority");
    }
}
