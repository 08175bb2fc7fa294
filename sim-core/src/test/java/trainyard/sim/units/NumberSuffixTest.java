package trainyard.sim.units;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberSuffixTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "128k | write 128000, or 131072 if k is 1024",
                "1.5 K | write 1500, or 1536 if k is 1024",
                "4M tokens | write 4000000",
                "70B | write 7e10",
                "15T | write 15e12",
                "15 trillion | write 15e12",
                "2 thousand tokens | write 2000",
                "1.5G | write 15e8",
            })
    void readsALetterForThousands(String text, String hint) {
        assertThat(NumberSuffix.hint(text)).contains(hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "12", "12 s", "12kk", "1,2k", "0x10k", "-3k", "12 tokens"})
    void leavesOtherTextsAlone(String text) {
        assertThat(NumberSuffix.hint(text)).isEmpty();
    }
}
