package trainyard.training.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.training.run.Designs.EXPONENTIAL;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.compression.Fp16;
import trainyard.training.compression.NoCompression;
import trainyard.training.compression.PowerSgd;
import trainyard.training.compression.SignSgd;
import trainyard.training.compression.TopK;
import trainyard.training.problem.NoisyQuadratic;
import trainyard.training.problem.Problem;
import trainyard.training.replica.AdPsgd;
import trainyard.training.replica.DiLoCo;
import trainyard.training.replica.FederatedAveraging;
import trainyard.training.replica.GossipTopology;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.Synchronous.Exchange;
import trainyard.training.rule.UpdateRule;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingNetwork;
import trainyard.training.run.TrainingOutcome;
import trainyard.training.wire.AccessLinks;

class GradientPathTest {
    private static final UpdateRule TOGETHER = new Synchronous(Exchange.ALL_REDUCE);

    private static TrainingDesign design(UpdateRule rule, int workers, long updates) {
        return Designs.of(rule, workers, ComputeLaw.fixed(1), Limits.ofUpdates(updates));
    }

    /** The first gradient is 1, clipped to 1/4; a step of 0.1 leaves 0.975. */
    @Test
    void longGradientsAreClipped() {
        TrainingDesign design = design(TOGETHER, 1, 1).withGradients(GradientPath.PLAIN.withClipNorm(0.25));
        assertThat(Designs.play(design).parameters()[0]).isCloseTo(0.975, within(1e-15));
        double[] gradient = {3, 4};
        NormClipping.clip(gradient, 5);
        assertThat(gradient).containsExactly(3, 4);
        NormClipping.clip(gradient, 2.5);
        assertThat(gradient).containsExactly(1.5, 2);
    }

    /** Values of Zheng et al. 2017 by hand. */
    @Test
    void delaysAreCompensatedByTheFormula() {
        double[] gradient = {0.5, 1.5};
        DelayCompensation.compensate(gradient, 0.04, new double[] {1.2, -0.7}, new double[] {1.0, -0.7});
        assertThat(gradient).containsExactly(new double[] {0.498, 1.5}, within(1e-15));
    }

    /** Four workers read 1, where the squared gradient is the curvature: compensated, they step as one after the other. */
    @Test
    void compensationUndoesDelayWhereItsGuessIsRight() {
        TrainingDesign design = Designs.of(new Asynchronous(), 4, ComputeLaw.fixed(1), Limits.ofUpdates(4));
        assertThat(Designs.play(design).parameters()[0]).isCloseTo(0.6, within(1e-12));
        TrainingDesign compensated = design.withGradients(GradientPath.PLAIN.withDelayCompensation(1));
        assertThat(Designs.play(compensated).parameters()[0]).isCloseTo(Math.pow(0.9, 4), within(1e-12));
    }

    @Test
    void whatLosesNothingChangesNothing() {
        for (UpdateRule rule :
                new UpdateRule[] {TOGETHER, new Asynchronous(), DiLoCo.of(3), FederatedAveraging.of(4, 3)}) {
            TrainingDesign design = Designs.of(rule, 4, EXPONENTIAL, Limits.ofUpdates(40));
            double[] dense = Designs.play(design, Designs.noisy()).parameters();
            for (Compressing same : new Compressing[] {
                Compressing.free(new TopK(1), true),
                Compressing.free(new NoCompression(), true),
                Compressing.free(new PowerSgd(3), true)
            }) {
                TrainingDesign small = design.withGradients(GradientPath.PLAIN.withCompressing(same));
                assertThat(Designs.play(small, Designs.noisy()).parameters()).isEqualTo(dense);
            }
        }
    }

    /** Four workers, three values: fp16 halves 2 (4 - 1) 12 bytes of an all-reduce; one value of three is gathered in 8 bytes. */
    @Test
    void compressedBytesAreThoseOfTheWire() {
        TrainingDesign design = design(TOGETHER, 4, 1);
        assertThat(Designs.play(design, Designs.noisy()).sentBytes()).isEqualTo(6 * 12);
        TrainingDesign half =
                design.withGradients(GradientPath.PLAIN.withCompressing(Compressing.free(new Fp16(), false)));
        assertThat(Designs.play(half, Designs.noisy()).sentBytes()).isEqualTo(6 * 6);
        TrainingDesign top =
                design.withGradients(GradientPath.PLAIN.withCompressing(Compressing.free(new TopK(0.3), true)));
        assertThat(Designs.play(top, Designs.noisy()).sentBytes()).isEqualTo(4 * 3 * 8);
        // At a server: 12 bytes down, 8 up, and 4 x 12 down for the next round.
        TrainingOutcome server = Designs.play(Designs.with(top, new Synchronous(Exchange.SERVER)), Designs.noisy());
        assertThat(server.sentBytes()).isEqualTo(4 * (12 + 8) + 4 * 12);
    }

    /** One value as fp16 moves 6 bytes before and 6 behind the wire; for a model 25 times larger, 25 times that. */
    @Test
    void compressionTakesTime() {
        Compressing slow = new Compressing(new Fp16(), false, 2, Double.POSITIVE_INFINITY);
        TrainingDesign design = design(TOGETHER, 1, 1).withGradients(GradientPath.PLAIN.withCompressing(slow));
        assertThat(Designs.play(design).seconds()).isEqualTo(1 + 3 + 3);
        TrainingDesign large = Designs.with(design, new TrainingNetwork(Optional.empty(), 1, 100, 0));
        assertThat(Designs.play(large).seconds()).isEqualTo(1 + 75 + 75);
        TrainingDesign gathered = design(TOGETHER, 2, 1)
                .withGradients(GradientPath.PLAIN.withCompressing(
                        new Compressing(new TopK(1), false, 8, Double.POSITIVE_INFINITY)));
        // Two start half a second apart; encode (16 + 8) / 8, decode (4 + 16) / 8 of each of two messages.
        assertThat(Designs.play(gathered).seconds()).isEqualTo(1.5 + 3 + 2 * 2.5);
    }

    /** Where the wire is slow, signs with memory of what they lose come to the target first. */
    @Test
    void fewerBytesWinOnSlowLinks() {
        TrainingDesign design = Designs.with(
                Designs.of(
                        new Synchronous(Exchange.SERVER),
                        4,
                        EXPONENTIAL,
                        Limits.ofUpdates(4000).until(0.01)),
                TrainingNetwork.FREE.withAccess(new AccessLinks(10, 1e3, 0, Map.of())));
        double[] ones = new double[64];
        Arrays.fill(ones, 1);
        Problem wide = new NoisyQuadratic(List.of(NoisyQuadratic.Bowl.of(ones)), 0, ones, Designs.STREAMS);
        double dense = Designs.play(design, wide).seconds();
        double small = Designs.play(
                        design.withGradients(GradientPath.PLAIN.withCompressing(Compressing.free(new SignSgd(), true))),
                        wide)
                .seconds();
        assertThat(small).isLessThan(dense / 3);
    }

    @Test
    void gossipIsNotCompressed() {
        TrainingDesign design = design(new AdPsgd(GossipTopology.RING), 2, 1)
                .withGradients(GradientPath.PLAIN.withCompressing(Compressing.free(new Fp16(), false)));
        assertThatThrownBy(() -> Designs.play(design)).hasMessageContaining("ad-psgd");
        assertThatThrownBy(() -> GradientPath.PLAIN.withClipNorm(0)).hasMessageContaining("norm");
        assertThatThrownBy(() -> GradientPath.PLAIN.withDelayCompensation(-1)).hasMessageContaining("lambda");
    }
}
