package trainyard.training.calibration.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Processes whose starter is killed. */
class OrphansTest {

    private static final long LONG_MILLIS = 120_000;

    /** Tells its number and is busy with itself for long. */
    static final class Busy implements MemberTask {
        Busy() {}

        @Override
        public void run(Member member, List<String> arguments) throws IOException {
            member.out().writeLong(ProcessHandle.current().pid());
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LONG_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A process that starts others, prints their numbers and is busy itself. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] arguments) throws IOException {
            try (LocalProcesses group = LocalProcesses.start(2, Busy.class.getName(), "", List.of())) {
                System.out.println(group.in(0).readLong());
                System.out.println(group.in(1).readLong());
                sleep();
            }
        }
    }

    @Test
    void theyEndWithIt() throws Exception {
        Process starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<ProcessHandle> orphans = new ArrayList<>();
        try (BufferedReader told = starter.inputReader(StandardCharsets.US_ASCII)) {
            for (int rank = 0; rank < 2; rank++) {
                orphans.add(ProcessHandle.of(Long.parseLong(told.readLine())).orElseThrow());
            }
        } finally {
            starter.destroyForcibly().waitFor();
        }
        for (ProcessHandle orphan : orphans) {
            orphan.onExit().get(30, TimeUnit.SECONDS);
            assertThat(orphan.isAlive()).isFalse();
        }
    }
}
