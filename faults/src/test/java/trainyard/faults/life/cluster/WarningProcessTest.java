package trainyard.faults.life.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultTimeline;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.recovery.Warnings;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

class WarningProcessTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long END = 1_000_000 * SECOND;
    private static final long LEAD = 10 * SECOND;

    /** Each node is warned of by itself: of all warnings the stated share comes true, also where a fault takes eight nodes. */
    @ParameterizedTest
    @EnumSource(
            value = Scope.class,
            names = {"NODE", "RACK"})
    void theStatedShareOfTheWarningsComesTrue(Scope scope) {
        FaultCause cause = new FaultCause(
                "broken",
                scope,
                new Exponential(2000),
                Visibility.EXPLICIT,
                Damage.NODE,
                new Fixed(1),
                new Provenance(Provenance.Kind.ASSUMED, "a test", ""));
        Warnings warnings = new Warnings(0.8, 0.5, LEAD);
        Simulation simulation = new Simulation();
        int[] warned = new int[1];
        new WarningProcess(
                        new Timeline(simulation), warnings, timeline(cause), 64, (now, node, untilNanos) -> warned[0]++)
                .start();
        simulation.runUntil(END);
        double struck = 0;
        FaultTimeline faults = timeline(cause);
        while (faults.nextNanos() <= END + LEAD) {
            Fault fault = faults.take();
            struck += fault.endNode() - fault.firstNode();
        }
        assertThat(0.8 * struck / warned[0]).isCloseTo(0.5, within(0.02));
    }

    private static FaultTimeline timeline(FaultCause cause) {
        return new FaultTimeline(FaultModel.of(List.of(cause)), new ClusterShape(64, 1, 8), new RandomStreams(1, 0));
    }
}
