package trainyard.training.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.training.calibration.ReferenceJob;
import trainyard.training.calibration.ring.Member;
import trainyard.training.calibration.ring.MemberTask;
import trainyard.training.network.NetworkSpec;
import trainyard.training.recording.RecordedRun;

/** An asynchronous run whose workers look at their cores 40 ms long after every update. */
public class PausedRunTest {

    private static final int GRADIENTS = 20;
    private static final long LOOK_MILLIS = 40;

    /** At each look the job takes rank 0 twice, rank 1 four times its quiet 1 ms; what is left of a round is twice the quiet sum of 1 ms. */
    public static final class Looking implements MemberTask {
        public Looking() {}

        @Override
        public void run(Member member, List<String> arguments) throws IOException {
            float[] values = {1};
            FloatLine line = new FloatLine(member.in(), member.out(), 1);
            if (member.rank() == 0) {
                member.out().writeInt(1);
                member.out().writeInt(0);
                line.send(values);
            }
            member.out().writeInt(member.rank());
            int gradients = 0;
            for (int word = member.in().readInt();
                    word != ParameterServer.STOP;
                    word = member.in().readInt()) {
                if (word == ParameterServer.LOOK) {
                    sleep();
                    member.out().writeInt(member.rank());
                } else {
                    line.receive(values);
                    gradients++;
                    line.send(values);
                }
            }
            write(member, gradients, 1e-3);
            int looks = 2 * GRADIENTS + 1;
            write(member, looks * LookSchedule.REPETITIONS, member.rank() == 0 ? 2e-3 : 4e-3);
            write(member, looks, 6e-3);
        }

        private static void sleep() throws IOException {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
        }

        private static void write(Member member, int count, double seconds) throws IOException {
            member.out().writeInt(count);
            for (int i = 0; i < count; i++) {
                member.out().writeDouble(seconds);
            }
        }
    }

    /** 39 looks take 1.6 s at least, and 40 gradients of nothing far less. */
    @Test
    void theClockDoesNotSeeTheLooks() throws IOException {
        RealRunPlan plan = new RealRunPlan(
                true,
                2,
                1,
                0.1,
                GRADIENTS,
                1,
                0,
                1,
                new NetworkSpec.Mlp(List.of(1)),
                Optional.of(new ReferenceJob("job", 1e-3, 64, 1e-3)));
        long begin = System.nanoTime();
        RecordedRun run = RealRun.play(plan, Looking.class.getName(), "", any -> 0, "here");
        double wall = (System.nanoTime() - begin) / 1e9;
        double[] done = run.updateSeconds();
        assertThat(done).hasSize(2 * GRADIENTS);
        assertThat(wall).isGreaterThan(39 * LOOK_MILLIS / 1e3);
        assertThat(done[done.length - 1]).isLessThan(wall - 39 * LOOK_MILLIS / 1e3);
        assertThat(run.gradients()).allSatisfy(gradient -> {
            assertThat(gradient.core().orElseThrow().computing()).isEqualTo(gradient.worker() == 0 ? 0.5 : 0.25);
            assertThat(gradient.core().orElseThrow().ring()).isCloseTo(0.5, org.assertj.core.data.Offset.offset(1e-9));
        });
    }
}
