package trainyard.training.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import trainyard.training.calibration.ReferenceJob;
import trainyard.training.network.NetworkSpec;

class RealRunPlanTest {

    private static RealRunPlan plan(boolean asynchronous, int gradients, int shown) {
        return new RealRunPlan(
                asynchronous, 2, 8, 0.1, gradients, shown, 0, 1, new NetworkSpec.Mlp(List.of(8)), Optional.empty());
    }

    /** 400 updates, 60 losses: every sixth, and the last although 400 is no multiple of six. */
    @Test
    void theLastLossIsThatAfterTheLastUpdate() {
        RealRunPlan plan = plan(false, 400, 60);
        assertThat(plan.updates()).isEqualTo(400);
        long[] shown = LongStream.rangeClosed(1, 400).filter(plan::isShown).toArray();
        assertThat(shown).startsWith(6, 12, 18).endsWith(390, 396, 400).hasSize(67);
        assertThat(LongStream.of(shown).mapToInt(plan::indexOfShown).toArray())
                .isEqualTo(IntStream.range(0, 67).toArray());
    }

    @Test
    void anAsynchronousRunHasAnUpdateForEachGradient() {
        RealRunPlan plan = plan(true, 50, 10);
        assertThat(plan.updates()).isEqualTo(100);
        assertThat(LongStream.rangeClosed(1, 100).filter(plan::isShown)).hasSize(10);
    }

    /** 400 updates have a look after every eighth, and each of those between two looks a repetition of its own. */
    @Test
    void eachGradientHasTheRepetitionNearestToIt() {
        RealRunPlan plan = plan(false, 400, 60).withReference(new ReferenceJob("job", 1, 64, 1));
        long[] looks = LongStream.rangeClosed(1, 400).filter(plan::isLook).toArray();
        assertThat(looks).startsWith(8, 16).endsWith(384, 392).hasSize(49);
        assertThat(LongStream.rangeClosed(1, 10).mapToInt(plan::indexOfRepetition))
                .containsExactly(4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        assertThat(plan.indexOfRepetition(400)).isEqualTo(50 * 8 + 3);
        assertThat(LongStream.rangeClosed(1, 400).filter(plan(false, 400, 60)::isLook))
                .isEmpty();
    }

    /** 800 updates of two workers: a look after every sixteenth, between which each computes eight. */
    @Test
    void asynchronousWorkersShareTheUpdatesBetweenTwoLooks() {
        RealRunPlan plan = plan(true, 400, 60).withReference(new ReferenceJob("job", 1, 64, 1));
        assertThat(LongStream.rangeClosed(1, 18).mapToInt(plan::indexOfRepetition))
                .containsExactly(4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12);
    }

    @Test
    void aPlanIsItsWords() {
        RealRunPlan plan = plan(true, 50, 10);
        assertThat(RealRunPlan.of(plan.words())).isEqualTo(plan);
        RealRunPlan looking = plan.withReference(new ReferenceJob("a job", 1e-3, 64, 2e-3));
        assertThat(RealRunPlan.of(looking.words())).isEqualTo(looking);
    }
}
