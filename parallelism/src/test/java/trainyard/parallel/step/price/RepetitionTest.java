package trainyard.parallel.step.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Recompute;
import trainyard.sim.hardware.Precision;

class RepetitionTest {

    private static final int TOKENS = 8192;
    private static final List<Operator> LLAMA = TransformerModel.llama("llama", 32, 4096, 14336, 32, 8, 128_256)
            .layers()
            .get(1)
            .operators(new Shard(1, TOKENS, Split.NONE, Precision.BF16, AttentionKernel.FLASH_2));

    private static double productFlops(Repetition repetition) {
        double sum = 0;
        for (int i = 0; i < LLAMA.size(); i++) {
            boolean product = LLAMA.get(i) instanceof Operator.MatrixMultiply;
            sum += product ? repetition.share(LLAMA, i) * LLAMA.get(i).modelFlops() : 0;
        }
        return sum;
    }

    /** Key and output projection and one of the two products before the gate: 4096 x (1024 + 4096 + 14336) weights. */
    @Test
    void everySecondProductOfLlama3() {
        double weights = 4096.0 * (1024 + 4096 + 14336);
        assertThat(productFlops(new Repetition(Recompute.OPERATORS, true)))
                .isCloseTo(2 * TOKENS * weights, within(1e-9 * weights * TOKENS));
    }

    @Test
    void attentionIsKeptByOperatorsButNotByCore() {
        int attention = 0;
        while (!LLAMA.get(attention).attentionCore()) {
            attention++;
        }
        assertThat(new Repetition(Recompute.OPERATORS, true).share(LLAMA, attention))
                .isZero();
        assertThat(new Repetition(Recompute.SELECTIVE, true).share(LLAMA, attention))
                .isOne();
    }

    /** The last product of the layer and what follows need not run again, since nobody keeps their results. */
    @Test
    void earlyStopLeavesTheLastProductOut() {
        double all = productFlops(new Repetition(Recompute.FULL, false));
        double stopped = productFlops(new Repetition(Recompute.FULL, true));
        assertThat(all - stopped).isCloseTo(2.0 * TOKENS * 14336 * 4096, within(1.0));
    }
}
