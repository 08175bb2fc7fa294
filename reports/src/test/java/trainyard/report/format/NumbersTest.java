package trainyard.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.report.figure.Estimate;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "-0.0|0",
                "1.2000000001|1.2",
                "0.30000000000000004|0.3",
                "1234.5678|1,235",
                "16384|16,384",
                "-1234567|−1,234,567",
                "999.96|1,000",
                "0.00012344|0.0001234",
                "0.000012344|1.234 × 10⁻⁵",
                "1e12|10¹²",
                "-1.5e12|−1.5 × 10¹²",
                "NaN|n/a",
                "Infinity|∞",
                "-Infinity|−∞",
                "4.9e-324|4.941 × 10⁻³²⁴",
            })
    void printsFourSignificantDigitsForPeople(double value, String expected) {
        assertThat(Numbers.of(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "0.00165|0.00165",
                "999499|999,499",
                "999999.6|1 M",
                "1e6|1 M",
                "3348871|3.35 M",
                "-3348871.4|−3.35 M",
                "999999999|1 G",
                "1e10|10 G",
                "1.5e13|15 T",
                "2e24|2,000,000 E",
                "NaN|n/a",
                "Infinity|∞",
            })
    void printsMillionsWithAPrefixWhereRoomIsShort(double value, String expected) {
        assertThat(Numbers.compact(value, 3)).isEqualTo(expected);
    }

    @Test
    void comparedNumbersSharePrefixAndDecimals() {
        assertThat(Numbers.compactFixed(5e5, 1.5e6, 5)).isEqualTo("0.5 M");
        assertThat(Numbers.compactFixed(1e6, 1.5e6, 5)).isEqualTo("1.0 M");
        assertThat(Numbers.compactFixed(0, 1.5e6, 5)).isEqualTo("0");
        assertThat(Numbers.compactFixed(0, 0.9, -1)).isEqualTo("0.0");
        assertThat(Numbers.compactFixed(2e5, 8e5, 5)).isEqualTo("200,000");
    }

    @Test
    void theHalfWidthDecidesTheDigitsOfAnInterval() {
        assertThat(Numbers.withInterval(new Estimate(0.93123, 0.92511, 0.93799)))
                .isEqualTo("0.9312 (0.9251 to 0.9380)");
        assertThat(Numbers.withInterval(new Estimate(1234.56, 1200.1, 1270.9))).isEqualTo("1,235 (1,200 to 1,271)");
        assertThat(Numbers.withInterval(new Estimate(6.98109, 6.98017, 6.98200)))
                .isEqualTo("6.9811 (6.9802 to 6.9820)");
        assertThat(Numbers.withInterval(new Estimate(1.09442, 1.09112, 1.09772)))
                .isEqualTo("1.094 (1.091 to 1.098)");
        assertThat(Numbers.withInterval(Estimate.exact(16.28))).isEqualTo("16.28");
    }

    @Test
    void anIntervalNarrowerThanRoundingErrorIsNotTold() {
        double next = Math.nextUp(1.0);
        assertThat(Numbers.withInterval(new Estimate(1, 1, next))).isEqualTo("1");
        assertThat(Numbers.withInterval(new Estimate(18.5216, 18.52159999, 18.52160001)))
                .isEqualTo("18.52");
        assertThat(Numbers.withInterval(new Estimate(0.9312345, 0.9312338, 0.9312352)))
                .isEqualTo("0.9312");
    }

    /** 0.00000025 (0.00000000 to 0.00000052) could not be read. */
    @Test
    void aSmallNumberBesideItsIntervalIsAPowerOfTen() {
        assertThat(Numbers.withInterval(new Estimate(2.5e-7, 0, 5.2e-7))).isEqualTo("2.5 × 10⁻⁷ (0 to 5.2 × 10⁻⁷)");
    }

    @ParameterizedTest
    @CsvSource({"1.1234,+12.3 %", "0.908,−9.2 %", "1,±0 %", "1.00001,±0 %", "3.5,+250 %", "NaN,n/a"})
    void printsRatiosAsDifferences(double ratio, String expected) {
        assertThat(Numbers.relativeChange(ratio)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.30000000000000004,0.3",
        "16384,16384",
        "1e21,1E+21",
        "123456789012345,123456789012345",
        "NaN,NaN",
        "-Infinity,-inf",
        "0,0"
    })
    void printsExactNumbersForFiles(double value, String expected) {
        assertThat(Numbers.exact(value)).isEqualTo(expected);
    }

    @Test
    void filesCarryEveryDecimalOfFifteenDigits() {
        for (double value : new double[] {16.28, 1.97e-5, 1234567.890123, 5e-324, 1.2345678901234567e308}) {
            double back = Double.parseDouble(Numbers.exact(value));
            assertThat(Math.abs(back - value)).isLessThanOrEqualTo(Math.abs(value) * 1e-14);
        }
    }

    @Test
    void theLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Numbers.fixed(1234.5, 1)).isEqualTo("1,234.5");
            assertThat(Numbers.of(0.25)).isEqualTo("0.25");
        } finally {
            Locale.setDefault(before);
        }
    }
}
