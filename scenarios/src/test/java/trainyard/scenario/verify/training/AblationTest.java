package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.Verification;
import trainyard.sim.hardware.HardwareCatalog;

class AblationTest {

    private static final AtomicInteger DONE = new AtomicInteger();

    private static Measurements few;
    private static Ablation ablation;

    @BeforeAll
    static void score() {
        Measurements shipped = Measurements.shipped();
        few = new Measurements(Map.of(
                "korthikanti_e2e", shipped.bySource().get("korthikanti_e2e"),
                "bloom_a100", shipped.bySource().get("bloom_a100")));
        ablation = Ablation.of(HardwareCatalog.load(), few, DONE::set);
    }

    @Test
    void hasALineForEveryEffectAndForTheChoiceOfNccl() {
        assertThat(ablation.sources()).containsExactlyInAnyOrder("korthikanti_e2e", "bloom_a100");
        assertThat(ablation.errors()).hasSize(ModellingElement.values().length + 2);
        assertThat(ablation.text()).contains("without: tile quantisation").contains("rings only");
    }

    @Test
    void tellsEveryRowOfEveryPass() {
        int rows = Verification.rows(TrainingSuite.of(HardwareCatalog.load()), few);
        assertThat(DONE).hasValue(Ablation.passes() * rows);
    }

    /** Every effect costs time, so leaving it out makes predictions shorter somewhere and longer nowhere. */
    @Test
    void leavingAnEffectOutShortensTheStep() {
        List<Ablation.Error> everything = ablation.errors().get("everything");
        for (ModellingElement element : ModellingElement.values()) {
            List<Ablation.Error> without = ablation.errors().get("without: " + element.label());
            double change = 0;
            for (int i = 0; i < everything.size(); i++) {
                double before = everything.get(i).biasPercent().orElseThrow();
                double after = without.get(i).biasPercent().orElseThrow();
                assertThat(after).as(element.label()).isLessThanOrEqualTo(before + 1e-9);
                change += before - after;
            }
            assertThat(change).as(element.label()).isPositive();
        }
    }
}
