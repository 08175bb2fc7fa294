package trainyard.training.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Fixed;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.replica.LocalSgd;
import trainyard.training.rule.Synchronous.Exchange;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingOutcome;

/** What a worker that fails costs; each gradient takes a second. */
class FailuresTest {
    private static final ComputeLaw SECOND = ComputeLaw.of(new Fixed(1));

    private static TrainingDesign design(UpdateRule rule, int workers, long updates) {
        return Designs.of(rule, workers, SECOND, Limits.ofUpdates(updates));
    }

    /** Worker 1 is away from 0.5 to 3.5 s and begins again: the update is at 4.5 s, and worker 0 waits for 3.5 s of it. */
    @Test
    void synchronousWaitsForAWorkerThatFailed() {
        TrainingOutcome outcome = Designs.play(
                design(new Synchronous(Exchange.ALL_REDUCE), 2, 1).withOutages(Designs.outage(1, 0.5, 3.5)));
        assertThat(outcome.seconds()).isEqualTo(4.5);
        assertThat(outcome.uses().get(0).waitingSeconds()).isEqualTo(3.5);
        assertThat(outcome.uses().get(1).downSeconds()).isEqualTo(3);
        assertThat(outcome.uses().get(1).computingSeconds()).isEqualTo(1.5);
        assertThat(outcome.lost()).isEqualTo(1);
        assertThat(outcome.ledger().wastedExamples()).isEqualTo(1);
    }

    /** With a backup the others go on every second; the one that failed joins in when it is back. */
    @Test
    void backupGoesOn() {
        TrainingOutcome outcome =
                Designs.play(design(new BackupWorkers(1), 3, 10).withOutages(Designs.outage(2, 0.5, 5.2)));
        assertThat(outcome.seconds()).isEqualTo(10);
        assertThat(outcome.ledger().updates()).isEqualTo(10);
    }

    /** Two go on by themselves, and the third one loses 4.5 s and the half gradient that it had. */
    @Test
    void asynchronousLosesOnlyWhatTheWorkerWouldHaveDone() {
        TrainingOutcome outcome = Designs.play(Designs.of(new Asynchronous(), 3, SECOND, Limits.ofSeconds(10))
                .withOutages(Designs.outage(2, 0.5, 4.5)));
        assertThat(outcome.ledger().applied()).containsExactly(10, 10, 5);
    }

    /**
     * Worker 0 is done at 1 s and away from 1.2 to 1.4 s; worker 1 needs 2 s. At a server the gradient is safe, in a collective it
     * is gone with the worker.
     */
    @Test
    void gradientsAtAServerOutliveTheirWorker() {
        ComputeLaw law = SECOND.withSlower(Map.of(1, 2.0));
        TrainingDesign server = Designs.of(new Synchronous(Exchange.SERVER), 2, law, Limits.ofUpdates(1))
                .withOutages(Designs.outage(0, 1.2, 1.4));
        assertThat(Designs.play(server).seconds()).isEqualTo(2);
        TrainingOutcome collective = Designs.play(Designs.with(server, new Synchronous(Exchange.ALL_REDUCE)));
        assertThat(collective.seconds()).isCloseTo(2.4, within(1e-9));
        assertThat(collective.ledger().wastedExamples()).isEqualTo(1);
    }

    /** Worker 1 fails in its second local step and takes both again: 2 s to 4 s, with two gradients wasted. */
    @Test
    void localStepsOfTheRoundAreLost() {
        TrainingOutcome outcome = Designs.play(design(new LocalSgd(2), 2, 1).withOutages(Designs.outage(1, 1.5, 2)));
        assertThat(outcome.seconds()).isEqualTo(4);
        assertThat(outcome.ledger().examples()).isEqualTo(4);
        assertThat(outcome.ledger().wastedExamples()).isEqualTo(2);
        assertThat(outcome.parameters()[0]).isCloseTo(0.81, within(1e-12));
    }

    /** With no slack the rest stops after one clock; with slack s after s + 1. */
    @Test
    void slackCarriesOverAnOutage() {
        for (int slack : new int[] {0, 2}) {
            TrainingOutcome outcome =
                    Designs.play(Designs.of(new StaleSynchronous(slack), 2, SECOND, Limits.ofSeconds(6.5))
                            .withOutages(Designs.outage(1, 0.5, 6)));
            assertThat(outcome.ledger().applied()).containsExactly(slack + 1, 0);
        }
    }

    /** A worker that is not there at its start begins when it returns. */
    @Test
    void lateWorkerStartsWhenItIsThere() {
        TrainingOutcome outcome =
                Designs.play(Designs.of(new Asynchronous(), 2, ComputeLaw.fixed(1), Limits.ofSeconds(4.2))
                        .withOutages(Designs.outage(1, 0.2, 2)));
        assertThat(outcome.ledger().applied()).containsExactly(4, 2);
    }
}
