package trainyard.scheduler.peer.gavel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSizeTest {

    /** Steps of an epoch of 59,675 samples in batches of 10 and of 20. */
    private static final long EPOCH = 5968;

    private static final long EPOCH_DOUBLED = 2984;

    private final List<String> taken = new ArrayList<>();

    private BatchSize language(GavelJob.Mode mode, int batch, long steps) {
        return new BatchSize(new GavelJob("LM (batch size " + batch + ")", steps, 1, 1, 0, mode));
    }

    private boolean take(String type, int gpus) {
        return taken.add(type);
    }

    @Test
    void theBatchDoublesAtTheEndOfTheSliceAfterItsEpochAndEpochsAreKept() {
        BatchSize batch = language(GavelJob.Mode.GNS, 10, 20 * EPOCH);

        assertThat(batch.after(10 * EPOCH, this::take)).isEqualTo(10 * EPOCH);
        assertThat(batch.after(1, this::take)).isEqualTo((20 - 11) * EPOCH_DOUBLED);
        assertThat(taken).containsExactly("LM (batch size 20)");
    }

    @Test
    void afterTheCriticalEpochsTheBatchIsTheLargest() {
        BatchSize batch = language(GavelJob.Mode.ACCORDION, 10, 20 * EPOCH);
        batch.after(10 * EPOCH, this::take);
        batch.after(1, this::take);

        assertThat(taken).containsExactly("LM (batch size 80)");
    }

    @Test
    void aBatchThatIsTheLargestOrStaticOrOfUnknownSpeedStays() {
        assertThat(language(GavelJob.Mode.ACCORDION, 80, 2000 * EPOCH).after(1900 * EPOCH, this::take))
                .isEqualTo(100 * EPOCH);
        BatchSize fixed = language(GavelJob.Mode.STATIC, 10, 20 * EPOCH);
        fixed.after(15 * EPOCH, this::take);
        assertThat(fixed.after(EPOCH, this::take)).isEqualTo(4 * EPOCH);
        assertThat(taken).isEmpty();

        BatchSize unknown = language(GavelJob.Mode.GNS, 10, 20 * EPOCH);
        unknown.after(15 * EPOCH, (type, gpus) -> false);
        assertThat(unknown.after(EPOCH, (type, gpus) -> false)).isEqualTo(4 * EPOCH);
    }
}
