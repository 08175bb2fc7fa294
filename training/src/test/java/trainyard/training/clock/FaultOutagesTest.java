package trainyard.training.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.training.run.Designs.EXPONENTIAL;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.training.rule.Asynchronous;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingOutcome;
import trainyard.training.run.WorkerUse;

class FaultOutagesTest {

    private static FaultModel nodes(Damage damage) {
        return FaultModel.of(List.of(new FaultCause(
                "node",
                Scope.NODE,
                new Exponential(10),
                Visibility.EXPLICIT,
                damage,
                new Fixed(4),
                new Provenance(Provenance.Kind.ASSUMED, "test", "2026-01-01"))));
    }

    /** Faults of a rate of 1/10 that each take a node for d: it is there for e^(-d / 10) of the time. */
    @Test
    void nodesAreAwayForRepairAndRestart() {
        for (Damage damage : List.of(Damage.PROCESS, Damage.NODE)) {
            double away = damage == Damage.NODE ? 5 : 1;
            FaultOutages outages = new FaultOutages(nodes(damage), new ClusterShape(2, 2, 2), 4, 1);
            TrainingOutcome outcome =
                    Designs.play(Designs.of(new Asynchronous(), 4, EXPONENTIAL, Limits.ofSeconds(40_000))
                            .withOutages(outages));
            List<WorkerUse> uses = outcome.uses();
            for (WorkerUse use : uses) {
                assertThat(use.downSeconds() / outcome.seconds()).isCloseTo(1 - Math.exp(-away / 10), within(0.02));
            }
            assertThat(uses.get(0).downSeconds()).isEqualTo(uses.get(1).downSeconds());
            assertThat(uses.get(0).downSeconds()).isNotEqualTo(uses.get(2).downSeconds());
            assertThat(outcome.lost()).isPositive();
        }
    }

    @Test
    void workersNeedGpus() {
        ClusterShape cluster = new ClusterShape(2, 2, 2);
        assertThatThrownBy(() -> new FaultOutages(nodes(Damage.NODE), cluster, 5, 1))
                .hasMessageContaining("4 GPUs");
        assertThatThrownBy(() -> new FaultOutages(nodes(Damage.NODE), cluster, 4, 0))
                .hasMessageContaining("restart");
    }
}
