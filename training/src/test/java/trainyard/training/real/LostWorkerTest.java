package trainyard.training.real;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.training.calibration.ring.Member;
import trainyard.training.calibration.ring.MemberTask;
import trainyard.training.network.NetworkSpec;

/** A worker that is gone before all are ready. */
public class LostWorkerTest {

    /** Rank 1 ends at once; rank 0 says that it is ready and waits for its first word. */
    public static final class Deserted implements MemberTask {
        public Deserted() {}

        @Override
        public void run(Member member, List<String> arguments) throws IOException {
            if (member.rank() == 0) {
                member.out().writeInt(1);
                member.out().writeInt(0);
                new FloatLine(member.in(), member.out(), 1).send(new float[] {1});
                member.out().writeInt(member.rank());
                member.in().readInt();
            }
        }
    }

    @Test
    void theOthersDoNotWaitForIt() {
        RealRunPlan plan =
                new RealRunPlan(true, 2, 1, 0.1, 5, 1, 0, 1, new NetworkSpec.Mlp(List.of(1)), Optional.empty());
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThatThrownBy(() -> RealRun.play(plan, Deserted.class.getName(), "", any -> 0, "here"))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("a process of the group ended"));
    }
}
