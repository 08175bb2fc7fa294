package trainyard.parallel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.Architecture;

class ModelStatesTest {

    private static double gigabytes(int zeroStage, int ranks) {
        return ModelStates.of(7.5e9, PrecisionRecipe.FP16, Architecture.AMPERE, 2, zeroStage, ranks)
                        .totalBytes()
                / 1e9;
    }

    /** Rajbhandari et al. 2020, table 1, column 7.5B: stage 1 (P_os). */
    @Test
    void matchesTheZeroPaper() {
        assertThat(gigabytes(0, 64)).isCloseTo(120, within(1e-9));
        assertThat(gigabytes(1, 1)).isCloseTo(120, within(1e-9));
        assertThat(gigabytes(1, 4)).isCloseTo(52.5, within(1e-9));
        assertThat(gigabytes(1, 64)).isCloseTo(31.4, within(0.05));
        assertThat(gigabytes(1, 256)).isCloseTo(30.4, within(0.05));
        assertThat(gigabytes(1, 1024)).isCloseTo(30.1, within(0.05));
    }

    /** Rajbhandari et al. 2020, figure 1 and table 1: 16.6 GB with stage 2 and 1.9 GB with stage 3 on 64 ranks. */
    @Test
    void gradientsAndWeightsAreShardedByStagesTwoAndThree() {
        assertThat(gigabytes(2, 64)).isCloseTo(16.6, within(0.05));
        assertThat(gigabytes(3, 64)).isCloseTo(1.88, within(0.005));
        for (int ranks : new int[] {1, 4, 64, 1024}) {
            double n = 7.5e9;
            assertThat(ModelStates.of(n, PrecisionRecipe.FP16, Architecture.AMPERE, 2, 1, ranks))
                    .isEqualTo(new ModelStates(2 * n, 2 * n, 12 * n / ranks));
            assertThat(ModelStates.of(n, PrecisionRecipe.FP16, Architecture.AMPERE, 2, 2, ranks))
                    .isEqualTo(new ModelStates(2 * n, 2 * n / ranks, 12 * n / ranks));
            assertThat(ModelStates.of(n, PrecisionRecipe.FP16, Architecture.AMPERE, 2, 3, ranks))
                    .isEqualTo(new ModelStates(2 * n / ranks, 2 * n / ranks, 12 * n / ranks));
        }
    }

    /** Megatron-LM, docs/distrib_optimizer.md: 18 bytes per parameter with 32-bit gradients, 6 + 12 / d distributed. */
    @Test
    void matchesMegatronWithSinglePrecisionGradients() {
        assertThat(ModelStates.of(1, PrecisionRecipe.BF16, Architecture.AMPERE, 4, 0, 8)
                        .totalBytes())
                .isEqualTo(18);
        assertThat(ModelStates.of(1, PrecisionRecipe.BF16, Architecture.AMPERE, 4, 1, 8)
                        .totalBytes())
                .isEqualTo(6 + 12 / 8.0);
    }

    @Test
    void keepsNoMasterCopyInSinglePrecision() {
        assertThat(ModelStates.of(1, PrecisionRecipe.FP32, Architecture.AMPERE, 2, 0, 1)
                        .totalBytes())
                .isEqualTo(16);
    }

    /** Gradients leave the GPU with the optimizer only where ranks share them. */
    @Test
    void gradientsFollowTheOptimizerWhereRanksShareThem() {
        ModelStates states = new ModelStates(2, 3, 12);
        Offload optimizer = new Offload(OffloadTarget.CPU, OffloadTarget.NONE, OffloadTarget.NONE);
        Offload both = new Offload(OffloadTarget.CPU, OffloadTarget.CPU, OffloadTarget.NONE);

        assertThat(states.onDevice(optimizer, false)).isEqualTo(new ModelStates(2, 3, 0));
        assertThat(states.onDevice(optimizer, true)).isEqualTo(new ModelStates(2, 0, 0));
        assertThat(states.onDevice(both, true)).isEqualTo(new ModelStates(0, 0, 0));
        assertThat(states.onDevice(Offload.NONE, true)).isEqualTo(states);
    }
}
