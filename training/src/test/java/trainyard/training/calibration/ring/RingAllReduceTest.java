package trainyard.training.calibration.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.training.calibration.measure.SampleLog;

class RingAllReduceTest {

    @TempDir
    private Path folder;

    /** Each process sums lengths that no number of processes divides, and tells every value: all must be the sum over ranks. */
    static final class SumTask implements MemberTask {
        SumTask() {}

        @Override
        public void run(Member member, List<String> arguments) throws IOException {
            for (int length : new int[] {1, 7, 100_003}) {
                float[] values = new float[length];
                for (int i = 0; i < length; i++) {
                    values[i] = (member.rank() + 1) * (i % 1000);
                }
                member.ring().sum(values);
                long wrong = 0;
                for (int i = 0; i < length; i++) {
                    wrong += values[i] == 3f * (i % 1000) ? 0 : 1;
                }
                member.out().writeLong(wrong);
            }
        }
    }

    @Test
    void everyRankHasTheSum() throws IOException {
        try (LocalProcesses group = LocalProcesses.start(2, SumTask.class.getName(), "", List.of())) {
            for (int length = 0; length < 3; length++) {
                assertThat(group.in(0).readLong()).isZero();
                assertThat(group.in(1).readLong()).isZero();
            }
        }
    }

    @Test
    void everySizeIsSampledOnceARound() throws IOException {
        SampleLog log = SampleLog.open(folder.resolve("samples.csv"), "here");
        RingProbe.round(log, 2, 1 << 20, 0);
        int samples = log.samples().size();
        assertThat(RingProbe.messages(log, 2)).hasSize(RingProbe.sizes(1 << 20).size());
        assertThat(RingProbe.messages(log, 2).firstKey()).isEqualTo(32);
        assertThat(RingProbe.messages(log, 2).values()).allMatch(seconds -> seconds > 0);
        RingProbe.round(log, 2, 1 << 20, 0);
        assertThat(log.samples()).hasSize(samples);
    }

    @Test
    void moreProcessesThanCoresAreRefused() {
        assertThatThrownBy(() -> LocalProcesses.start(
                        LocalProcesses.mostProcesses() + 1, RingTask.class.getName(), "", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most one a core");
    }

    @Test
    void aProcessThatFailsAtOnceIsTold() {
        assertThatThrownBy(() -> LocalProcesses.start(2, Unmakable.class.getName(), "", List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended at once")
                .hasMessageContaining("NoSuchMethodException");
    }

    static final class Unmakable implements MemberTask {
        Unmakable(int unused) {}

        @Override
        public void run(Member member, List<String> arguments) {}
    }
}
