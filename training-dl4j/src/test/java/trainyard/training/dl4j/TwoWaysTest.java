package trainyard.training.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.network.ArraysBackend;
import trainyard.training.network.Dataset;
import trainyard.training.network.Digits;
import trainyard.training.network.NetworkBackend;
import trainyard.training.network.NetworkSpec;
import trainyard.training.problem.ShuffledShards;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.Recipe;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.Synchronous.Exchange;
import trainyard.training.rule.UpdateRule;
import trainyard.training.run.Limits;
import trainyard.training.run.LossPoint;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingOutcome;
import trainyard.training.run.TrainingRun;
import trainyard.training.run.WorkerGroup;

/** Whole runs whose gradients plain arrays compute once and DL4J another time. */
class TwoWaysTest {
    private static final int WORKERS = 4;

    private final Dataset.Labelled digits = Digits.read();

    private TrainingOutcome play(NetworkBackend backend, UpdateRule rule, double rate, long updates) {
        RandomStreams streams = new RandomStreams(11, 0);
        TrainingDesign design = new TrainingDesign(
                rule,
                WorkerGroup.of(WORKERS, ComputeLaw.of(new Exponential(1))),
                Recipe.plain(16, rate),
                Limits.ofUpdates(updates),
                20);
        ShuffledShards order = ShuffledShards.split(digits.rows(), WORKERS, streams);
        return TrainingRun.play(
                design, backend.problem(new NetworkSpec.Mlp(List.of(32)), digits, order, streams), streams);
    }

    @Test
    void synchronousRunsHaveOneLossCurve() {
        compare(new Synchronous(Exchange.ALL_REDUCE), 0.4, 100);
    }

    @Test
    void asynchronousRunsHaveOneLossCurve() {
        compare(new Asynchronous(), 0.1, 400);
    }

    private void compare(UpdateRule rule, double rate, long updates) {
        TrainingOutcome plain = play(new ArraysBackend(), rule, rate, updates);
        TrainingOutcome dl4j = play(new Dl4jBackend(), rule, rate, updates);
        assertThat(dl4j.ledger().staleness()).isEqualTo(plain.ledger().staleness());
        List<LossPoint> expected = plain.curve().points();
        List<LossPoint> actual = dl4j.curve().points();
        assertThat(expected.get(expected.size() - 1).loss())
                .as("something was learnt")
                .isLessThan(expected.get(0).loss() / 3);
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            LossPoint point = expected.get(i);
            assertThat(actual.get(i).seconds()).isEqualTo(point.seconds());
            assertThat(actual.get(i).loss()).isCloseTo(point.loss(), within(1e-9 * point.loss()));
        }
    }
}
