package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.figure.Axis;

class TicksTest {

    /** Between 0.3 and 0.1 + 0.2 lies no other number, so steps between them would never get there. */
    @Test
    void valuesThatDifferByRoundingAloneGetRoomLikeEqualOnes() {
        Axis axis = Axis.linear("loss", "");
        Ticks ticks = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Ticks.of(axis, 0.3, 0.1 + 0.2, 5));

        assertThat(ticks).isEqualTo(Ticks.of(axis, 0.3, 0.3, 5));
        assertThat(ticks.values()).hasSizeBetween(2, 8).isSorted();
    }

    @Test
    void stepsAreRoundAndReachBothEnds() {
        Ticks ticks = Ticks.of(Axis.linear("time", "s"), 0, 9.7, 5);

        assertThat(ticks.values()).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
        assertThat(ticks.high()).isEqualTo(10);
    }

    /** From 2 to 240 there are two powers of ten only. */
    @Test
    void aLogarithmicAxisOfFewDecadesIsLabelledBetweenThem() {
        Ticks ticks = Ticks.of(Axis.log10("interval", "min"), 2, 240, 7, true);

        assertThat(ticks.labels()).containsExactly("2", "5", "10", "20", "50", "100", "200");
    }

    @Test
    void powersOfTenAreWrittenInOneWay() {
        Ticks ticks = Ticks.of(Axis.log10("loss", ""), 1e-4, 1, 6, true);

        assertThat(ticks.labels()).containsExactly("10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰");
    }

    /** A share that is 0 everywhere has no place below 0. */
    @Test
    void anAxisOfZerosStartsAtZero() {
        Ticks ticks = Ticks.of(Axis.linear("bubble", "%"), 0, 0, 5);

        assertThat(ticks.low()).isZero();
        assertThat(ticks.high()).isEqualTo(1);
    }

    @Test
    void aLogarithmicAxisPlacesEqualRatiosAtEqualDistances() {
        PixelScale axis = new PixelScale(Axis.Scale.LOG2, 1, 64, 0, 600);
        assertThat(axis.at(2)).isEqualTo(100, within(1e-9));
        assertThat(axis.at(32)).isEqualTo(500, within(1e-9));
    }

    @Test
    void ticksAreRoundAndNeverMoreThanFit() {
        Ticks ticks = Ticks.of(Axis.linear("y", ""), 3.2, 97, 6);
        assertThat(ticks.labels()).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(Ticks.of(Axis.log10("x", ""), 0.02, 900, 8).labels())
                .containsExactly("0.01", "0.1", "1", "10", "100", "1,000");
        assertThat(Ticks.of(Axis.log2("x", ""), 8, 1024, 8).labels())
                .containsExactly("8", "16", "32", "64", "128", "256", "512", "1,024");
        assertThat(Ticks.of(Axis.linear("y", ""), 0.1, 0.3, 4).labels())
                .containsExactly("0.10", "0.15", "0.20", "0.25", "0.30");
        assertThat(Ticks.of(Axis.linear("y", ""), 0, 3e6, 3).labels()).containsExactly("0", "1 M", "2 M", "3 M");
        assertThat(Ticks.of(Axis.log10("y", ""), 1e4, 1e8, 8).labels())
                .containsExactly("10⁴", "10⁵", "10⁶", "10⁷", "10⁸");
        assertThat(Ticks.of(Axis.log10("y", ""), 1e4, 1e6, 8).labels())
                .containsExactly("10,000", "100,000", "1,000,000");
        assertThat(Ticks.of(Axis.log10("y", ""), 1e6, 1e8, 8).labels()).containsExactly("1 M", "10 M", "100 M");
        assertThat(Ticks.of(Axis.log10("y", ""), 1e-5, 1e-2, 8).labels())
                .containsExactly("10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²");
    }

    @Test
    void bytesOnPowersOfTwoCarryBinaryUnits() {
        Axis axis = Axis.log2("Message size", "B");
        assertThat(Ticks.of(axis, 1024, 1L << 32, 9).labels())
                .containsExactly("1 KiB", "8 KiB", "64 KiB", "512 KiB", "4 MiB", "32 MiB", "256 MiB", "2 GiB");
        assertThat(AxisText.title(axis)).isEqualTo("Message size");
        assertThat(AxisText.title(Axis.log2("GPUs", ""))).isEqualTo("GPUs");
        assertThat(AxisText.title(Axis.linear("Message size", "B"))).isEqualTo("Message size (B)");
    }
}
