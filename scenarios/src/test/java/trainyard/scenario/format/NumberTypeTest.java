package trainyard.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
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
    @CsvSource({"1e6, 1000000", "96, 96", "8.0, 8", "+3, 3", "2.5e3 tokens, 2500", "-1e2, -100"})
    void whatIsWholeIsAWholeNumber(String text, long value) {
        IntegerType type = IntegerType.of("tokens", -1000, 1_000_000);

        assertThat(type.parse(new Node.Scalar(text, false, new SourceText("test", text).at(1, 1, 1)), new Problems()))
                .contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e-3", "1e999999999", "1e19", "", "1e", "0x10", "1d", "NaN"})
    void whatIsNotIsNone(String text) {
        assertThat(IntegerType.between(0, Long.MAX_VALUE)
                        .parse(new Node.Scalar(text, false, new SourceText("test", text).at(1, 1, 1)), new Problems()))
                .isEmpty();
    }

    /** 90 for a share is 90 %; 1.2 is not 1.2 %, but a share that cannot be. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "90 | write 90%, or a number from 0 to 1",
                "1.2 | write a number from 0 to 1",
                "120% | write a number from 0 to 1",
            })
    void hundredthsOfAShareWantTheirSign(String text, String hint) {
        Problems problems = new Problems();
        NumberType.FRACTION.parse(new Node.Scalar(text, false, new SourceText("test", text).at(1, 1, 1)), problems);

        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOfSatisfying(
                        ScenarioException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::hint)
                                .containsExactly(hint));
    }

    /** The digits in front of a comma are no part of the number to go by. */
    @Test
    void commasAreNamed() {
        Problems problems = new Problems();
        String text = "15,000,000";
        TOKENS.parse(new Node.Scalar(text, false, new SourceText("test", text).at(1, 1, 1)), problems);
        String whole = "8,192 tokens";
        IntegerType.of("tokens", 1, 1_000_000)
                .parse(new Node.Scalar(whole, false, new SourceText("test", whole).at(1, 1, 1)), problems);

        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOfSatisfying(
                        ScenarioException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(Problem::hint)
                                .containsExactly(
                                        "thousands are written without commas: 15000000",
                                        "thousands are written without commas: 8192 tokens"));
    }

    @ParameterizedTest
    @CsvSource({"50%, 0.5", "0.25, 0.25", "100 %, 1"})
    void percentagesAreShares(String text, double share) {
        assertThat(parse(NumberType.FRACTION, text)).contains(share);
    }
}
