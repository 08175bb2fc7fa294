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

    @Test
    void workersOfAnAsynchronousRunShareItsUpdates() {
        ReferenceJob reference = new ReferenceJob("job", 1, 64, 1);
        assertThat(plan(false, 400, 60).looks()).isEqualTo(new LookSchedule(400, 1, false));
        assertThat(plan(false, 400, 60).withReference(reference).looks()).isEqualTo(new LookSchedule(400, 1, true));
        assertThat(plan(true, 400, 60).withReference(reference).looks()).isEqualTo(new LookSchedule(800, 2, true));
    }

    @Test
    void aPlanIsItsWords() {
        RealRunPlan plan = plan(true, 50, 10);
        assertThat(RealRunPlan.of(plan.words())).isEqualTo(plan);
        RealRunPlan looking = plan.withReference(new ReferenceJob("a job", 1e-3, 64, 2e-3));
        assertThat(RealRunPlan.of(looking.words())).isEqualTo(looking);
    }
}
