package trainyard.scheduler.peer.muri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MuriSimulationTest {

    private static MuriJob job(String id, double submit, int gpus, double iterations) {
        return new MuriJob(id, gpus, submit, iterations, 1, "unknown model: 10 s");
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
        assertThat(MuriSimulation.run(List.of(), 1, 1, "antman")).isEmpty();
    }
}
