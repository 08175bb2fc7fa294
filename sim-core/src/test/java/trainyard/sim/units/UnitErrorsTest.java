package trainyard.sim.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATA_RATE | 400 gb/s | 'gb/s' is ambiguous" + " | write 400 Gb/s (gigabits) or 400 GB/s (gigabytes)",
                "DATA_RATE | 400Gbps | 'Gbps' is ambiguous" + " | write 400 Gb/s (gigabits) or 400 GB/s (gigabytes)",
                "DATA | 4 KB | 'KB' is ambiguous | write 4 kB (kilobytes) or 4 KiB (1024 bytes)",
                "DATA | 4 kb | 'kb' is ambiguous | write 4 kB (kilobytes) or 4 KiB (1024 bytes)",
                "DATA | 8 Gb | 'Gb' is not a unit | write 8 GB (gigabytes)",
                "DURATION | 15 m | 'm' is ambiguous"
                        + " | write 15 ms (milliseconds), 15 min (minutes) or 15 months (months)",
                "DURATION | 15 minutes | 'minutes' is not a unit | write 15 min (minutes)",
                "DURATION | 3 µs | 'µs' is not a unit | write 3 us (microseconds)",
                "DURATION | 80 GiB | 'GiB' makes it an amount of data, not a duration"
                        + " | write a duration such as 15 min",
                "DURATION | 15 | '15' has no unit"
                        + " | write the unit, such as 15 min; units: ns us ms s min h day days d week weeks month months"
                        + " year years",
                "DURATION | 3 dayz | 'dayz' is not a unit of a duration | did you mean 3 days?",
                "DURATION | -3 s | '-3' is negative | a duration is 0 or more",
                "DURATION | 1e400 s | '1e400' is too large | write a finite number, such as 15 min",
                "DURATION | soon | 'soon' does not start with a number | write a duration, such as 15 min",
                "COMPUTE_RATE | 312 TFLOPS | 'TFLOPS' is not a unit | write 312 TFLOP/s (teraFLOP per second)",
                "EVENT_RATE | 2 day | 'day' makes it a duration, not an event rate"
                        + " | write an event rate such as 2 /day",
                "EVENT_RATE_PER_GPU | 2 /gpu-hour | '/gpu-hour' is not a unit" + " | write 2 /GPU-hour (per GPU-hour)",
                "FRACTION | 35 | '35' is ambiguous | write 35% or 0.35",
                "TOKENS | 300B tokens | 'B tokens' is not a unit | write 300e9 tokens",
                "TOKENS | 1.5 tokens | '1.5' is not whole | write a number of tokens, such as 2048 tokens",
                "GPUS | 64 gpus | 'gpus' is not a unit | write 64 GPUs (GPUs)",
                "COUNT | 8k | 'k' is not a unit | write 8e3",
                "MONEY | 1,000 USD | '1,000 USD' has a comma in the number"
                        + " | write 1000 USD if the comma parts thousands, 1.000 USD if it is a decimal comma",
                "MONEY | 1,000,000 USD | '1,000,000 USD' has a comma in the number"
                        + " | thousands are written without commas: 1000000 USD",
                "MONEY | 1_000 USD | '1_000 USD' has separators between digits | write 1000 USD",
                "MONEY_PER_GPU_TIME | 2,5 USD/GPU-hour | '2,5 USD/GPU-hour' has a comma in the number"
                        + " | a decimal comma is written as a point: 2.5 USD/GPU-hour",
                "TOKENS | 8,192 tokens | '8,192 tokens' has a comma in the number"
                        + " | thousands are written without commas: 8192 tokens",
                "DATA_RATE | 400 Gbit/s | 'Gbit/s' is not a unit | write 400 Gb/s (gigabits)",
                "DATA_RATE | 50 gbytes/s | 'gbytes/s' is not a unit | write 50 GB/s (gigabytes)",
                "MONEY_PER_GPU_TIME | 4 USD | 'USD' makes it a price, not a price per GPU-hour"
                        + " | write a price per GPU-hour such as 4 USD/GPU-hour",
                "POWER | 10 kw | 'kw' is not a unit | write 10 kW (kilowatts)",
            })
    void saysWhatToWrite(Dimension dimension, String text, String problem, String fix) {
        UnitException error = catchThrowableOfType(UnitException.class, () -> Units.parse(text, dimension));
        assertThat(error.problem()).isEqualTo(problem);
        assertThat(error.fix()).isEqualTo(fix);
    }

    @Test
    void emptyTextIsAnError() {
        UnitException error = catchThrowableOfType(UnitException.class, () -> Units.parse("  ", Dimension.DATA));
        assertThat(error).hasMessage("the value is empty; write an amount of data, such as 80 GiB");
    }

    @Test
    void whereRatesAreMixedBothAreNamed() {
        List<Dimension> rates = List.of(Dimension.EVENT_RATE, Dimension.EVENT_RATE_PER_GPU);
        UnitException error = catchThrowableOfType(UnitException.class, () -> Units.parse("2 GiB", rates));
        assertThat(error.fix())
                .isEqualTo("write an event rate such as 2 /day or an event rate per GPU such as 1.97e-5 /GPU-hour");
    }

    /** Any text is either read or refused with an error that says what to write. */
    @Test
    void noTextBreaksTheReader() {
        SplittableRandom random = new SplittableRandom(1);
        String alphabet = "0123456789.eE+-_, /%GgMmKkiBbsdhyUSD$\u00b5\n\u20ac";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Dimension dimension = Dimension.values()[random.nextInt(Dimension.values().length)];
            try {
                assertThat(Units.parse(text.toString(), dimension).value()).isFinite();
            } catch (UnitException error) {
                assertThat(error.fix()).isNotBlank();
            }
        }
    }
}
