package trainyard.parallel.step.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.memory.MemoryEstimate;
import trainyard.parallel.memory.OffloadedMemory;

class StepCostTest {

    /** 2 s on 4 GPUs of 100 FLOP/s, which compute 320 FLOP of the model and 80 more a second time. */
    private static final StepCost COST = new StepCost(
            2_000_000_000L,
            List.of(),
            new MemoryEstimate(List.of(), 1, OffloadedMemory.NONE),
            320,
            400,
            4,
            1000,
            10,
            100,
            0,
            List.of());

    @Test
    void ratesAreThoseOfAGpuAndUtilisationsTheirShares() {
        assertThat(COST.tokensPerSecond()).isEqualTo(500);
        assertThat(COST.sequencesPerSecond()).isEqualTo(5);
        assertThat(COST.modelFlopsPerSecondPerGpu()).isEqualTo(40);
        assertThat(COST.mfu()).isCloseTo(0.4, within(1e-12));
        assertThat(COST.hardwareFlopsPerSecondPerGpu()).isEqualTo(50);
        assertThat(COST.hfu()).isCloseTo(0.5, within(1e-12));
    }
}
