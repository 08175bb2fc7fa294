package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
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
}
