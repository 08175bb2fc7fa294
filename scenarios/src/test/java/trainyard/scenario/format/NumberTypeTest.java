package trainyard.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.SourceText;

class NumberTypeTest {

    private static final NumberType TOKENS = new NumberType(1, 1e18, "tokens");

    private static Optional<Double> parse(NumberType type, String text) {
        return type.parse(new Node.Scalar(text, false, new SourceText("test", text).at(1, 1, 1)), new Problems());
    }

    @ParameterizedTest
    @CsvSource({"300e9, 3e11", "2e12 tokens, 2e12", "1 token, 1"})
    void whatIsCountedMayFollow(String text, double tokens) {
        assertThat(parse(TOKENS, text)).contains(tokens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2e12 GPUs", "tokens", "50%", "0 tokens"})
    void nothingElseMay(String text) {
        assertThat(parse(TOKENS, text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"50%, 0.5", "0.25, 0.25", "100 %, 1"})
    void percentagesAreShares(String text, double share) {
        assertThat(parse(NumberType.FRACTION, text)).contains(share);
    }
}
