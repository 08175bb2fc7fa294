package trainyard.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.training.run.Designs.EXPONENTIAL;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Fixed;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.optimizer.StalenessPolicy.Budget;
import trainyard.training.optimizer.StalenessPolicy.Inverse;
import trainyard.training.optimizer.StalenessPolicy.Polynomial;
import trainyard.training.optimizer.StalenessPolicy.Threshold;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.KBatchAsync;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingOutcome;

class StalenessPolicyTest {

    private static double factor(StalenessPolicy policy, long staleness) {
        return policy.begin().factor(staleness);
    }

    @Test
    void factorsFollowTheirFormulas() {
        assertThat(factor(new StalenessPolicy.Ignore(), 9)).isEqualTo(1);
        assertThat(factor(new Inverse(), 0)).isEqualTo(1);
        assertThat(factor(new Inverse(), 4)).isEqualTo(0.25);
        assertThat(factor(new Polynomial(0.5), 3)).isCloseTo(0.5, within(1e-15));
        assertThat(factor(new Polynomial(1), 7)).isCloseTo(0.125, within(1e-15));
        assertThat(factor(new Threshold(8), 0)).isEqualTo(1);
        assertThat(factor(new Threshold(8), 8)).isEqualTo(1);
        assertThat(factor(new Threshold(8), 32)).isEqualTo(0.25);
    }

    /** Half of what is left: 1/2; then 1/2 of 1/2; a fresh gradient has all again. */
    @Test
    void budgetOfADelayIsOneStep() {
        StalenessPolicy.Steps steps = new Budget(0.5).begin();
        double[] factors = {0.5, 0.25, 0.125, 0.5};
        long[] delays = {0, 1, 2, 0};
        for (int i = 0; i < factors.length; i++) {
            assertThat(steps.factor(delays[i])).isEqualTo(factors[i]);
            steps.updated(factors[i]);
        }
        assertThat(steps.factor(100)).isZero();
    }

    /**
     * Delays count updates, however many gradients make one. Of two workers in step the first reads before each update and is one
     * late, the second is fresh: factors f_k = 1 - m_(k-1) and 1, with the mean m_k.
     */
    @Test
    void gradientsOfOneUpdateSpendTheBudgetOnce() {
        TrainingDesign design = Designs.of(new KBatchAsync(2), 2, ComputeLaw.of(new Fixed(1)), Limits.ofUpdates(10));
        double before = 1;
        double now = 0.9;
        double mean = 1;
        for (int update = 2; update <= 10; update++) {
            double factor = 1 - mean;
            double next = now - 0.1 * (factor * before + now) / 2;
            before = now;
            now = next;
            mean = (factor + 1) / 2;
        }
        TrainingOutcome outcome = Designs.play(Designs.with(design, new Budget(1)));
        assertThat(outcome.parameters()[0]).isCloseTo(now, within(1e-12));
    }

    @Test
    void noDelaySeesMoreThanOneStep() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            StalenessPolicy.Steps steps = new Budget(0.1 + 0.9 * random.nextDouble()).begin();
            List<Double> factors = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int delay = random.nextInt(20);
                double factor = steps.factor(delay);
                double before = factors.subList(Math.max(0, i - delay), i).stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                assertThat(factor).isNotNegative();
                // What came before may have spent it all where delays differ.
                assertThat(factor == 0 || factor + before <= 1 + 1e-9).isTrue();
                steps.updated(factor);
                factors.add(factor);
            }
        }
    }

    /** A delay of 3 bears no rate above 2 sin(pi / 14) = 0.445; a budget bears twice that. */
    @Test
    void budgetBearsRatesThatDelaysDoNot() {
        TrainingDesign design =
                Designs.withRate(Designs.of(new Asynchronous(), 4, ComputeLaw.fixed(1), Limits.ofUpdates(2000)), 0.9);
        assertThat(Designs.play(design).divergence()).isPresent();
        TrainingOutcome within = Designs.play(Designs.with(design, new Budget(1)));
        assertThat(within.divergence()).isEmpty();
        assertThat(within.curve().last()).isLessThan(1e-6);
    }

    /** The first gradient of a worker 30 times slower than seven comes when they are at the minimum; it is of the start. */
    @Test
    void thresholdTamesALateWorker() {
        ComputeLaw law = ComputeLaw.fixed(1).withSlower(Map.of(0, 30.0));
        TrainingDesign design = Designs.of(new Asynchronous(), 8, law, Limits.ofSeconds(30.05));
        double ignored = Designs.play(design).parameters()[0];
        double tamed = Designs.play(Designs.with(design, new Threshold(8))).parameters()[0];
        assertThat(ignored).isCloseTo(-0.1, within(0.01));
        assertThat(tamed).isCloseTo(-0.1 * 8 / 205, within(1e-3));
    }

    /** Asynchrony of P workers is a momentum of 1 - 1/P; what the optimizer adds to it must be less by that. */
    @Test
    void momentumIsLoweredByThatOfAsynchrony() {
        assertThat(new Sgd(0.9, false, 0).correctedForAsynchrony(1).momentum()).isEqualTo(0.9);
        assertThat(new Sgd(0.9, false, 0).correctedForAsynchrony(4).momentum()).isCloseTo(0.15, within(1e-15));
        assertThat(new Sgd(0.5, false, 0).correctedForAsynchrony(4).momentum()).isZero();
        TrainingDesign design =
                Designs.withRate(Designs.of(new Asynchronous(), 8, EXPONENTIAL, Limits.ofUpdates(600)), 0.02);
        Sgd optimizer = new Sgd(0.9, false, 0);
        double both = Designs.play(Designs.with(design, optimizer)).curve().last();
        double corrected = Designs.play(Designs.with(design, optimizer.correctedForAsynchrony(8)))
                .curve()
                .last();
        assertThat(corrected).isLessThan(both);
    }

    @Test
    void badPoliciesAreRefused() {
        assertThatThrownBy(() -> new Budget(0)).hasMessageContaining("share (0.0)");
        assertThatThrownBy(() -> new Threshold(0)).hasMessageContaining("staleness (0)");
        assertThatThrownBy(() -> new Polynomial(-1)).hasMessageContaining("exponent (-1.0)");
    }
}
