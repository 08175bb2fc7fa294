package trainyard.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.replica.LocalSgd;
import trainyard.training.rule.Asynchronous;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;

class LearningRateTest {

    private static LearningRate rate(double warmUp, RateSchedule schedule) {
        return new LearningRate(2, warmUp, schedule);
    }

    @Test
    void warmUpIsALine() {
        LearningRate rate = rate(100, RateSchedule.CONSTANT);
        assertThat(rate.at(0)).isZero();
        assertThat(rate.at(25)).isEqualTo(0.5);
        assertThat(rate.at(100)).isEqualTo(2);
        assertThat(rate.at(1e9)).isEqualTo(2);
    }

    /** f + (1 - f) (1 + cos(pi u)) / 2 with cos(pi / 3) = 1/2, behind a warm-up of 100 of 400. */
    @Test
    void cosineFallsToItsFloor() {
        LearningRate rate = rate(100, new RateSchedule.Cosine(400, 0.1));
        assertThat(rate.at(100)).isEqualTo(2);
        assertThat(rate.at(200)).isCloseTo(2 * (0.1 + 0.9 * 0.75), within(1e-12));
        assertThat(rate.at(250)).isCloseTo(2 * 0.55, within(1e-12));
        assertThat(rate.at(300)).isCloseTo(2 * (0.1 + 0.9 * 0.25), within(1e-12));
        assertThat(rate.at(400)).isCloseTo(0.2, within(1e-12));
        assertThat(rate.at(1e9)).isCloseTo(0.2, within(1e-12));
        assertThat(rate(0, new RateSchedule.Cosine(400, 0)).at(400)).isZero();
    }

    @Test
    void stepsFallAtTheirExamples() {
        LearningRate rate = rate(0, new RateSchedule.Step(List.of(10.0, 20.0), 0.1));
        assertThat(rate.at(9)).isEqualTo(2);
        assertThat(rate.at(10)).isCloseTo(0.2, within(1e-15));
        assertThat(rate.at(20)).isCloseTo(0.02, within(1e-15));
    }

    /** The root of W / n: half of it at four times the warm-up, a tenth at a hundred times. */
    @Test
    void inverseSquareRootStartsWhereTheWarmUpEnds() {
        LearningRate rate = rate(50, new RateSchedule.InverseSquareRoot());
        assertThat(rate.at(25)).isEqualTo(1);
        assertThat(rate.at(50)).isEqualTo(2);
        assertThat(rate.at(200)).isEqualTo(1);
        assertThat(rate.at(5000)).isCloseTo(0.2, within(1e-15));
    }

    /** Half the square of a parameter that starts at 1, one example a gradient: steps of 0.1 until two examples, then 0.01. */
    @Test
    void runsFollowTheExamplesOfAllWorkers() {
        LearningRate rate = new LearningRate(0.1, 0, new RateSchedule.Step(List.of(2.0), 0.1));
        TrainingDesign design = Designs.of(new LocalSgd(4), 1, ComputeLaw.fixed(1), Limits.ofUpdates(1));
        assertThat(Designs.play(design.withRate(rate)).parameters()[0])
                .isCloseTo(0.9 * 0.9 * 0.99 * 0.99, within(1e-12));
        // Two workers in turn: the third and fourth gradients are of 0.9 and 0.8.
        TrainingDesign async = Designs.of(new Asynchronous(), 2, ComputeLaw.fixed(1), Limits.ofUpdates(4));
        assertThat(Designs.play(async.withRate(rate)).parameters()[0]).isCloseTo(0.8 - 0.009 - 0.008, within(1e-12));
    }

    @Test
    void badSchedulesAreRefused() {
        assertThatThrownBy(() -> rate(0, new RateSchedule.InverseSquareRoot())).hasMessageContaining("warm-up");
        assertThatThrownBy(() -> rate(400, new RateSchedule.Cosine(400, 0))).hasMessageContaining("over with");
        assertThatThrownBy(() -> new RateSchedule.Cosine(0, 0)).hasMessageContaining("end (0.0)");
        assertThatThrownBy(() -> new RateSchedule.Cosine(1, 2)).hasMessageContaining("floor (2.0)");
        assertThatThrownBy(() -> new RateSchedule.Step(List.of(1.0), 0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> LearningRate.constant(0)).hasMessageContaining("rate (0.0)");
    }
}
