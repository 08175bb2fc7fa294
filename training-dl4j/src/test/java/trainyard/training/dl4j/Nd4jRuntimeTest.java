package trainyard.training.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class Nd4jRuntimeTest {

    @Test
    void startsSilentlyWithOneThread() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream caught = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(caught);
        System.setErr(caught);
        try {
            Nd4jRuntime.start();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(Nd4j.getEnvironment().maxThreads()).isEqualTo(1);
        assertThat(Nd4j.factory().blas().getMaxThreads()).isEqualTo(1);
    }

    @Test
    void multiplies() {
        Nd4jRuntime.start();
        double product = Nd4j.ones(DataType.DOUBLE, 3, 4)
                .mmul(Nd4j.ones(DataType.DOUBLE, 4, 2))
                .sumNumber()
                .doubleValue();
        assertThat(product).isEqualTo(24);
    }
}
