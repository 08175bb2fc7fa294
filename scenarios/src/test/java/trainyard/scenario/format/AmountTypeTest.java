package trainyard.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.SourceText;

class AmountTypeTest {

    private static final AmountType GPUS = new AmountType(64, "GPUs");

    private static Optional<Long> parse(String text) {
        return GPUS.parse(new Node.Scalar(text, false, new SourceText("test", text).at(1, 1, 1)), new Problems());
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "8 GPUs, 8000", "1 GPU, 1000", "0.5, 500", "0.001, 1", ".25, 250", "0.250, 250", "64, 64000"
    })
    void thousandthsAreExact(String text, long thousandths) {
        assertThat(parse(text)).contains(thousandths);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "1.5",
                "0.0005",
                "0.1234",
                "65",
                "half",
                "8 nodes",
                "1e99",
                "1e99999999",
                "1e2147483647"
            })
    void whatIsNeitherWholeNorAPartIsRefused(String text) {
        assertThat(parse(text)).isEmpty();
    }
}
