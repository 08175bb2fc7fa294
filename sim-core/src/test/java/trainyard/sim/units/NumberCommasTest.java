package trainyard.sim.units;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberCommasTest {

    /** Three digits behind one comma may be thousands or a fraction; all else can be one of them alone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4,327 | 4327 | 4.327",
                "-4,327 s | -4327 s | -4.327 s",
                "1,5 | | 1.5",
                "0,125 | | 0.125",
                "1234,567 | | 1234.567",
                "1.234,5 h | | 1234.5 h",
                "1,5e3 | | 1.5e3",
                "15,000,000 | 15000000 |",
                "1,234.5 USD | 1234.5 USD |",
            })
    void readsThousandsAndFractions(String text, String thousands, String decimal) {
        NumberCommas commas = NumberCommas.of(text);

        assertThat(commas.thousands().orElse(null)).isEqualTo(thousands);
        assertThat(commas.decimal().orElse(null)).isEqualTo(decimal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.5 s", "1,", ",5", "1,2,3", "a,b", "1,000,00", "8 GPUs, 2 nodes"})
    void otherTextsHaveNoReading(String text) {
        assertThat(NumberCommas.of(text).hint()).isEmpty();
    }
}
