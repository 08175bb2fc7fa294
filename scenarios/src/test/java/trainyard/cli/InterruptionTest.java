package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    /** Not what there was when the run began, but when it was interrupted. */
    @Test
    void whatCannotEndEarlySaysWhatItLeavesBehind() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        AtomicInteger written = new AtomicInteger();
        try (Interruption interruption = Interruption.telling(
                new PrintStream(err, true, StandardCharsets.UTF_8), () -> written + " of 3 recordings written")) {
            written.incrementAndGet();
            assertThat(err.size()).isZero();
            interruption.interrupt();
            assertThat(interruption.isInterrupted()).isTrue();
        }
        assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo("interrupted; 1 of 3 recordings written");
    }
}
