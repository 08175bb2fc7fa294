package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgressTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Terminal terminal(boolean isTerminal) {
        return new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                isTerminal,
                Map.of());
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void await(String text) throws InterruptedException {
        while (!shown().contains(text)) {
            Thread.sleep(10);
        }
    }

    @Test
    void namesTheTimeLeft() {
        assertThat(Progress.line(3, 12, 6)).contains("3/12").contains("18 s left");
        assertThat(Progress.line(0, 12, 6)).contains("0/12").doesNotContain("left");
    }

    @Test
    @Timeout(30)
    void isRewrittenWithoutNewsAndRemovedAtTheEnd() throws InterruptedException {
        try (Progress progress = new Progress(terminal(true), 12, Duration.ZERO)) {
            await("0/12");
            progress.update(3);
            await("3/12");
            progress.update(2);
        }
        assertThat(shown()).doesNotContain("2/12  ").endsWith(" \r");
        assertThat(out.size()).isZero();
    }

    @Test
    @Timeout(30)
    void waitsUntilItIsKnownHowMuchThereIs() throws InterruptedException {
        try (Progress progress = new Progress(terminal(true), 0, Duration.ZERO)) {
            progress.update(5, 20_000);
            await("5/20,000");
        }
    }

    @Test
    void saysNothingBesideATerminalOrOfAShortRun() {
        try (Progress progress = new Progress(terminal(false), 12, Duration.ZERO)) {
            progress.update(3);
        }
        try (Progress progress = new Progress(terminal(true), 12)) {
            progress.update(3);
        }
        assertThat(shown()).isEmpty();
    }

    /** The bar is of the search, so that what it found stands alone on standard output. */
    @Test
    void searchesOfPlansAndVerificationsLeaveStandardOutputToTheResult() {
        assertThat(Main.run(terminal(true), "verify", "bubbles", "--json")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("{").doesNotContain("\r");
    }
}
