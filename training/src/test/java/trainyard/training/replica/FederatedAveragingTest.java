package trainyard.training.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.training.run.Designs.EXPONENTIAL;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Fixed;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.rule.KSync;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingNetwork;
import trainyard.training.run.TrainingOutcome;
import trainyard.training.wire.AccessLinks;

class FederatedAveragingTest {
    private static final ComputeLaw SECOND = ComputeLaw.of(new Fixed(1));

    @Test
    void allClientsWithoutLossAreLocalSgd() {
        TrainingDesign design = Designs.of(new LocalSgd(5), 4, EXPONENTIAL, Limits.ofUpdates(20));
        TrainingOutcome local = Designs.play(design, Designs.noisy());
        TrainingOutcome clients = Designs.play(Designs.with(design, FederatedAveraging.of(4, 5)), Designs.noisy());
        assertThat(clients.parameters()).containsExactly(local.parameters(), within(1e-12));
        assertThat(clients.seconds()).isEqualTo(local.seconds());
    }

    /** From 2, one step of 0.1 ends at 1.8 in the bowl of curvature 1 around 0, and at 1.7 in that of 3 around 1. */
    @Test
    void weightsCount() {
        FederatedAveraging rule = new FederatedAveraging(2, 1, 0, Double.POSITIVE_INFINITY, List.of(1.0, 3.0));
        TrainingOutcome outcome = Designs.play(Designs.of(rule, 2, SECOND, Limits.ofUpdates(1)), Designs.uneven());
        assertThat(outcome.parameters()[0]).isCloseTo((1.8 + 3 * 1.7) / 4, within(1e-12));
    }

    /** Each round takes the one client drawn one second for each of its steps; all are drawn about as often. */
    @Test
    void clientsAreDrawnEvenly() {
        TrainingOutcome outcome =
                Designs.play(Designs.of(FederatedAveraging.of(2, 1), 5, SECOND, Limits.ofUpdates(2000)));
        assertThat(outcome.seconds()).isEqualTo(2000);
        for (long gradients : outcome.ledger().applied()) {
            assertThat(gradients).isBetween(700L, 900L);
        }
        assertThat(outcome.waitingShare()).isCloseTo(0.6, within(1e-9));
    }

    /** A client drops out with 1/4 and has taken 0 to 3 of 4 steps by then, 1.5 in the mean; the rest is used. */
    @Test
    void droppedWorkIsWasted() {
        FederatedAveraging rule = new FederatedAveraging(4, 4, 0.25, Double.POSITIVE_INFINITY, List.of());
        TrainingOutcome outcome = Designs.play(Designs.of(rule, 4, EXPONENTIAL, Limits.ofUpdates(2000)));
        double drawn = 4.0 * outcome.ledger().updates();
        assertThat(outcome.ledger().wastedExamples() / drawn).isCloseTo(0.25 * 1.5, within(0.02));
        assertThat(outcome.ledger().examples() / drawn).isCloseTo(0.75 * 4, within(0.05));
    }

    /** A client ten times slower is called off at the deadline, after one of its gradients was begun. */
    @Test
    void deadlineCallsOff() {
        FederatedAveraging rule = new FederatedAveraging(3, 2, 0, 5, List.of());
        ComputeLaw law = SECOND.withSlower(Map.of(1, 10.0));
        TrainingOutcome outcome = Designs.play(Designs.of(rule, 3, law, Limits.ofUpdates(4)));
        assertThat(outcome.seconds()).isEqualTo(20);
        assertThat(outcome.ledger().applied()).containsExactly(8, 0, 8);
        assertThat(outcome.ledger().wastedExamples()).isEqualTo(4);
    }

    /** On slow uplinks local steps come to the target before a gradient each time. */
    @Test
    void localStepsWinOnSlowUplinks() {
        TrainingNetwork slow = TrainingNetwork.FREE.withAccess(new AccessLinks(1, 100, 0.1, Map.of()));
        TrainingDesign design = Designs.with(
                Designs.of(new KSync(4), 4, EXPONENTIAL, Limits.ofUpdates(5000).until(1e-3)), slow);
        double gradients = Designs.play(design).seconds();
        double rounds =
                Designs.play(Designs.with(design, FederatedAveraging.of(4, 10))).seconds();
        assertThat(rounds).isLessThan(gradients / 1.5);
    }

    @Test
    void badRoundsAreRefused() {
        assertThatThrownBy(() -> new FederatedAveraging(1, 1, 1, 1, List.of())).hasMessageContaining("drop-out");
        TrainingDesign design = Designs.of(FederatedAveraging.of(3, 1), 2, SECOND, Limits.ofUpdates(1));
        assertThatThrownBy(() -> Designs.play(design)).hasMessageContaining("a round of 3 clients");
    }
}
