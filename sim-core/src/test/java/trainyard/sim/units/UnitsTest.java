package trainyard.sim.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DURATION | 15 min | 900",
                "DURATION | 15min | 900",
                "DURATION | 5 us | 5e-6",
                "DURATION | 15 ms | 0.015",
                "DURATION | 2.5 h | 9000",
                "DURATION | 54 days | 4665600",
                "DURATION | 1 d | 86400",
                "DURATION | 1 week | 604800",
                "DURATION | 1 month | 2628000",
                "DURATION | 3 years | 94608000",
                "DATA | 80 GiB | 85899345920",
                "DATA | 1 kB | 1000",
                "DATA | 2 TiB | 2199023255552",
                "DATA_RATE | 400 Gb/s | 50e9",
                "DATA_RATE | 400 GB/s | 400e9",
                "DATA_RATE | 1 GiB/s | 1073741824",
                "DATA_RATE | 10 Gb per s | 1.25e9",
                "COMPUTE_RATE | 312 TFLOP/s | 312e12",
                "FREQUENCY | 1.41 GHz | 1.41e9",
                "EVENT_RATE | 2 /day | 2.3148148148148147e-5",
                "EVENT_RATE | 2 per day | 2.3148148148148147e-5",
                "EVENT_RATE_PER_GPU | 1.97e-5 /GPU-hour | 5.472222222222222e-9",
                "POWER | 10 kW | 1e4",
                "ENERGY | 1 kWh | 3.6e6",
                "FRACTION | 35% | 0.35",
                "FRACTION | 35 % | 0.35",
                "FRACTION | 0.35 | 0.35",
                "FRACTION | -5% | -0.05",
                "GROWTH | 40% per year | 1.2683916793505834e-8",
                "MONEY | 320000 USD | 320000",
                "MONEY_RATE | 31536000 USD/year | 1",
                "MONEY_PER_GPU_TIME | 3.6 USD/GPU-hour | 0.001",
                "MONEY_PER_DATA | 0.05 USD/GB | 5e-11",
                "MONEY_PER_ENERGY | 0.36 USD/kWh | 1e-7",
                "TOKENS | 2048 tokens | 2048",
                "TOKENS | 300e9 tokens | 300e9",
                "TOKENS | 2048 | 2048",
                "SEQUENCES | 1 sequence | 1",
                "GPUS | 64 GPUs | 64",
                "COUNT | 8 | 8",
                "NUMBER | -1.5e3 | -1500",
            })
    void readsWhatPeopleWrite(Dimension dimension, String text, double base) {
        assertThat(Units.parse(text, dimension)).isEqualTo(new Quantity(base, dimension));
    }

    @Test
    void unitDecidesBetweenDimensions() {
        List<Dimension> rates = List.of(Dimension.EVENT_RATE, Dimension.EVENT_RATE_PER_GPU);
        assertThat(Units.parse("2 /day", rates).dimension()).isEqualTo(Dimension.EVENT_RATE);
        assertThat(Units.parse("2 /GPU-hour", rates).dimension()).isEqualTo(Dimension.EVENT_RATE_PER_GPU);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DURATION | 0 | 0 s",
                "DURATION | 900 | 15 min",
                "DURATION | 0.9999999 | 1 s",
                "DURATION | 86400 | 1 day",
                "DURATION | 129600 | 1.5 days",
                "DURATION | 1e-12 | 0.001 ns",
                "DATA | 85899345920 | 80 GiB",
                "DATA_RATE | 50e9 | 50 GB/s",
                "COMPUTE_RATE | 312e12 | 312 TFLOP/s",
                "EVENT_RATE | 2.3148148148148147e-5 | 2 /day",
                "EVENT_RATE_PER_GPU | 5.472222222222222e-9 | 1.97e-5 /GPU-hour",
                "FRACTION | 0.523456 | 52.35%",
                "MONEY | 1234567.89 | 1,234,568 USD",
                "MONEY | 123456789 | 123,456,789 USD",
                "MONEY_PER_GPU_TIME | 0.001 | 3.6 USD/GPU-hour",
                "TOKENS | 1 | 1 token",
                "TOKENS | 300e9 | 300e9 tokens",
                "GPUS | 16384 | 16,384 GPUs",
                "NUMBER | -1.23456 | -1.235",
                "NUMBER | -1234.5678 | -1,235",
                "TOKEN_RATE | 3348871.4 | 3,348,871 tokens/s",
                "TOKEN_RATE | 0.123456 | 0.1235 tokens/s",
                "NUMBER | Infinity | inf",
                "NUMBER | NaN | n/a",
            })
    void printsReadably(Dimension dimension, double base, String text) {
        assertThat(Units.format(base, dimension)).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(Dimension.class)
    void printedTextReadsBack(Dimension dimension) {
        SplittableRandom random = new SplittableRandom(dimension.ordinal());
        for (int i = 0; i < 200; i++) {
            double value = Math.pow(10, random.nextDouble(-15, 18));
            if (dimension.rules().wholeOnly) {
                value = Math.ceil(value);
            }
            double rounded = Units.value(Units.format(value, dimension).replace(",", ""), dimension);
            if (!dimension.rules().wholeOnly) {
                assertThat(rounded).as(Units.format(value, dimension)).isCloseTo(value, within(5.01e-4 * value));
            }
            String exact = Units.formatExact(value, dimension);
            assertThat(Units.value(exact, dimension)).as(exact).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @EnumSource(Dimension.class)
    void exampleIsReadAndMatchesThePattern(Dimension dimension) {
        String example = dimension.example();
        double value = Units.value(example, dimension);
        assertThat(Units.value(Units.formatExact(value, dimension), dimension)).isEqualTo(value);
        assertThat(example).matches(dimension.pattern());
        for (String spelling : dimension.spellings()) {
            assertThat("2 " + spelling).matches(spelling.isEmpty() ? "2 " : dimension.pattern());
        }
    }

    @Test
    void exactTextIsTheShortOne() {
        assertThat(Units.formatExact(900, Dimension.DURATION)).isEqualTo("15 min");
        assertThat(Units.formatExact(0.1 + 0.2, Dimension.DURATION)).isEqualTo("0.30000000000000004 s");
        assertThat(Units.formatExact(50e9, Dimension.DATA_RATE)).isEqualTo("50 GB/s");
        assertThat(Units.formatExact(1e9, Dimension.DATA)).isEqualTo("1 GB");
        assertThat(Units.formatExact(1L << 30, Dimension.DATA)).isEqualTo("1 GiB");
    }

    @Test
    void formatsInTheUnitOfAnotherText() {
        assertThat(Units.formatLike(89_078, "36 h", Dimension.DURATION)).isEqualTo("24.74 h");
        assertThat(Units.formatLike(2 * 86_400, "1.5e1 days", Dimension.DURATION))
                .isEqualTo("2 days");
        assertThat(Units.formatLike(1800, "10,604 h", Dimension.DURATION)).isEqualTo("0.5 h");
        assertThat(Units.formatLike(7200, "12", Dimension.DURATION)).isEqualTo("2 h");
        assertThat(Units.formatLike(7200, "3 GB", Dimension.DURATION)).isEqualTo("2 h");
    }

    @Test
    void defaultLocaleChangesNothing() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Units.format(1.5, Dimension.DURATION)).isEqualTo("1.5 s");
            assertThat(Units.value("1.5 s", Dimension.DURATION)).isEqualTo(1.5);
        } finally {
            Locale.setDefault(before);
        }
    }
}
