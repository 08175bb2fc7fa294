package trainyard.training.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.training.run.Designs.EXPONENTIAL;

import org.junit.jupiter.api.Test;
import trainyard.sim.random.Fixed;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingNetwork;
import trainyard.training.run.TrainingOutcome;

class StreamingDiLoCoTest {

    private static StreamingDiLoCo rule(DiLoCo outer, int fragments, int overlap, double mixing) {
        return new StreamingDiLoCo(outer, fragments, overlap, mixing, OuterBits.FP32);
    }

    /**
     * One worker, two layers, two fragments, two steps a round, one step of overlap, half mixing, plain outer steps, rate 0.5:
     * the second fragment is sent at 0.5 and at 0.1875, the first one at 0.25 and at 0.09375.
     */
    @Test
    void fragmentsFollowEachOther() {
        TrainingDesign design = Designs.withRate(
                Designs.of(rule(new DiLoCo(2, 1, 0), 2, 1, 0.5), 1, ComputeLaw.fixed(1), Limits.ofUpdates(4)), 0.5);
        TrainingOutcome outcome = Designs.play(design, Designs.layers(2));
        assertThat(outcome.parameters()).containsExactly(new double[] {0.09375, 0.1875}, within(1e-15));
    }

    @Test
    void oneFragmentWithoutOverlapIsDiLoCo() {
        TrainingDesign design = Designs.of(DiLoCo.of(6), 4, EXPONENTIAL, Limits.ofUpdates(30));
        TrainingOutcome whole = Designs.play(design, Designs.noisy());
        TrainingOutcome streamed = Designs.play(Designs.with(design, rule(DiLoCo.of(6), 1, 0, 0)), Designs.noisy());
        assertThat(streamed.parameters()).isEqualTo(whole.parameters());
        assertThat(streamed.seconds()).isEqualTo(whole.seconds());
        assertThat(streamed.sentBytes()).isEqualTo(whole.sentBytes());
    }

    /** A fragment takes as long on the wire as a step: with overlap nobody waits, without it each exchange is waited for. */
    @Test
    void overlapHidesTheWire() {
        // 2 (P - 1) / P of 2 parameters of 4 bytes at 4 bytes a second: 2 s a fragment of half.
        TrainingNetwork slow = Designs.links(4);
        TrainingDesign design =
                Designs.with(Designs.of(DiLoCo.of(8), 2, ComputeLaw.of(new Fixed(1)), Limits.ofSeconds(200)), slow);
        TrainingOutcome whole = Designs.play(design, Designs.layers(2));
        TrainingOutcome apart = Designs.play(Designs.with(design, rule(DiLoCo.of(8), 2, 0, 0)), Designs.layers(2));
        TrainingOutcome hidden = Designs.play(Designs.with(design, rule(DiLoCo.of(8), 2, 2, 0.5)), Designs.layers(2));
        assertThat(whole.busyShare()).isCloseTo(8 / 10.0, within(0.01));
        assertThat(apart.busyShare()).isCloseTo(8 / 10.0, within(0.01));
        assertThat(hidden.busyShare()).isCloseTo(1, within(1e-9));
        assertThat(hidden.ledger().examples()).isGreaterThan(whole.ledger().examples());
    }

    /** Zero, and seven powers of two down from that next to the greatest. */
    @Test
    void fourBitsKeepPowersOfTwo() {
        double[] values = {1, -0.8, 0.7, 0.3, 0.02, 0.01, 0.007, 0};
        OuterBits.FP4.round(values);
        assertThat(values).containsExactly(1, -1, 0.5, 0.25, 1 / 64.0, 1 / 64.0, 0, 0);
        double[] halves = {1 + 1 / 256.0, 3.1415926};
        OuterBits.BF16.round(halves);
        assertThat(halves).containsExactly(1, 3.140625);
    }

    /** An eighth of the bytes still trains. */
    @Test
    void fourBitsSendAnEighth() {
        TrainingDesign design = Designs.of(rule(DiLoCo.of(4), 1, 0, 0), 4, EXPONENTIAL, Limits.ofUpdates(60));
        TrainingOutcome full = Designs.play(design, Designs.noisy());
        TrainingOutcome small = Designs.play(
                Designs.with(design, new StreamingDiLoCo(DiLoCo.of(4), 1, 0, 0, OuterBits.FP4)), Designs.noisy());
        assertThat(small.sentBytes()).isEqualTo(full.sentBytes() / 8);
        assertThat(small.curve().last())
                .isLessThan(0.1 * small.curve().points().get(0).loss());
    }

    @Test
    void badRulesAreRefused() {
        assertThatThrownBy(() -> rule(DiLoCo.of(4), 5, 0, 0)).hasMessageContaining("fragments (5)");
        assertThatThrownBy(() -> rule(DiLoCo.of(4), 1, 4, 0)).hasMessageContaining("overlap (4)");
        assertThatThrownBy(() -> rule(DiLoCo.of(4), 1, 0, 1)).hasMessageContaining("mixing (1.0)");
        TrainingDesign design = Designs.of(rule(DiLoCo.of(4), 2, 0, 0), 1, EXPONENTIAL, Limits.ofUpdates(1));
        assertThatThrownBy(() -> Designs.play(design)).hasMessageContaining("1 layers has no 2 fragments");
    }
}
