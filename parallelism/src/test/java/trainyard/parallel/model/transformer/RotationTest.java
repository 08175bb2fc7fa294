package trainyard.parallel.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.hardware.Precision;

/** Bytes, kernels and elements found by index of a rotation of 1,000 values in 16 bits, counted by hand. */
class RotationTest {

    private static final double VALUES = 1000;

    private static Operator.Streaming rotation(PositionEncoding encoding, String software) {
        Shard shard = new Shard(1, 64, Split.NONE, Precision.BF16, AttentionKernel.FLASH_2)
                .with(SoftwareProfiles.named(software).elementKernels());
        return (Operator.Streaming) Rotation.of(VALUES, encoding, shard);
    }

    private static Operator.Streaming fused() {
        return new Operator.Streaming("rotary", 4 * VALUES, 4 * VALUES, 2, 2, false, 0);
    }

    /** Each value is read and written once, queries and keys by a kernel each, scaled or not where a kernel scales too. */
    @Test
    void oneKernelMovesEachValueOnce() {
        assertThat(rotation(PositionEncoding.ROTARY, "megatron-core-2024")).isEqualTo(fused());
        assertThat(rotation(PositionEncoding.SCALED_ROTARY, "torch-fsdp-compile"))
                .isEqualTo(fused());
    }

    /**
     * Forward the sum of two products reads two values and writes one, and joining with what is not rotated reads and writes one.
     * Backward both sums read two and write one, filling, cutting and the gradient of the empty rest come to four more. Products
     * with sines and cosines, the negation of a half and joining halves find 1 + 1 + 0.5 + 1 values.
     */
    @Test
    void elementaryOperationsFindMostValuesByIndex() {
        Operator.Streaming apart = rotation(PositionEncoding.SCALED_ROTARY, "megatron-core-2024");

        assertThat(apart.forwardBytes()).isEqualTo(2 * (3 + 2) * VALUES);
        assertThat(apart.backwardBytes()).isEqualTo(2 * (3 + 3 + 4) * VALUES);
        assertThat(apart.indexed()).isEqualTo(new Operator.Indexed(3.5 * VALUES, 3.5 * VALUES));
        assertThat(apart.forwardKernels()).isEqualTo(26);
        assertThat(apart.backwardKernels()).isEqualTo(22);
    }
}
