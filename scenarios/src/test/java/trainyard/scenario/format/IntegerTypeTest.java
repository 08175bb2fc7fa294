package trainyard.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.SourceText;

class IntegerTypeTest {

    private static final IntegerType TYPE = IntegerType.of("sequences", 1, 1_000_000_000_000L);

    @ParameterizedTest
    @CsvSource({"8, 8", "8.0, 8", "1e6, 1000000", "2.5e1 sequences, 25"})
    void whatIsWholeIsReadHoweverItIsWritten(String text, long value) {
        assertThat(parse(text, new Problems())).hasValue(value);
    }

    /** Also where its digits would fill the memory. */
    @ParameterizedTest
    @CsvSource({"1e30", "1e999999999", "0", "-4"})
    void whatIsWholeAndTooLargeOrSmallIsOutOfRange(String text) {
        Problems problems = new Problems();

        assertThat(parse(text, problems)).isEmpty();
        assertThatThrownBy(problems::throwIfAny).hasMessageContaining(text + " is out of range");
    }

    @Test
    void aFractionIsNoWholeNumber() {
        Problems problems = new Problems();

        assertThat(parse("2.5", problems)).isEmpty();
        assertThatThrownBy(problems::throwIfAny).hasMessageContaining("'2.5' is not a whole number of sequences");
    }

    private static Optional<Long> parse(String text, Problems problems) {
        return TYPE.parse(new Node.Scalar(text, false, new SourceText("a.yaml", text).at(1, 1, 1)), problems);
    }
}
