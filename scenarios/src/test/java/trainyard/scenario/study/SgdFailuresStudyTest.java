package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.sgd.SgdMetrics;

/** Workers of one second a gradient, whose nodes all fail each ten seconds and are back a second later. */
class SgdFailuresStudyTest {

    private static final String TWO = """
            trainyard: 1
            name: two
            replications: 1
            sgd:
              problem: {kind: quadratic, noise: 0}
              workers: 2
              batch: 1
              compute: {time: 1 s, law: fixed}
              optimizer: {rate: 0.01}
              horizon: 100.5 s
              rule: {kind: async}
            """;

    private static final String FAILURES =
            "  failures: {restart: 1 s, faults: {causes: {crash: {mtbf: 10 s, law: fixed, damage: process}}}}\n";

    private static CellResult run(String scenario) {
        return TestStudies.run(scenario).cells().get(0);
    }

    /**
     * Nine gradients until 9 s, and the tenth is lost with the worker at 10 s; from 11 s on eight in each of nine times ten
     * seconds, and the ninth is lost. Ten seconds of 100.5 are down, less the half that the last one has left.
     */
    @Test
    void workersLoseWhatTheyComputeAndComeBack() {
        CellResult cell = run(TWO + FAILURES);
        assertThat(cell.mean(SgdMetrics.UPDATES)).hasValue(2 * (9 + 9 * 8.0));
        assertThat(cell.mean(SgdMetrics.LOST)).hasValue(2 * 10.0);
        assertThat(cell.mean(SgdMetrics.DOWN).orElseThrow()).isCloseTo(9.5 / 100.5, within(1e-9));
        assertThat(cell.mean(SgdMetrics.STALENESS_CLOSED_FORM))
                .as("fewer workers than all")
                .isEmpty();
        assertThat(cell.mean(SgdMetrics.UPDATE_TIME_CLOSED_FORM)).isEmpty();
    }

    @Test
    void withoutFailuresNothingIsDown() {
        CellResult cell = run(TWO);
        assertThat(cell.mean(SgdMetrics.DOWN)).hasValue(0.0);
        assertThat(cell.mean(SgdMetrics.LOST)).isEmpty();
        assertThat(cell.mean(SgdMetrics.UPDATES)).hasValue(200.0);
        assertThat(cell.mean(SgdMetrics.STALENESS_CLOSED_FORM)).hasValue(1.0);
    }

    /** The faster of two waits half of its time; both gradients of a step are lost where a repair of 4 s follows each fault. */
    @Test
    void synchronousWorkersWaitForTheSlowerOne() {
        String sync =
                TWO.replace("kind: async", "kind: sync").replace("law: fixed", "law: fixed, slow-workers: 1 worker");
        CellResult cell = run(sync.replace("100.5 s", "100 s"));
        assertThat(cell.mean(SgdMetrics.WAITING).orElseThrow()).isCloseTo(0.25, within(1e-6));
        assertThat(cell.mean(SgdMetrics.UPDATES)).hasValue(50.0);
    }

    /** Two nodes of eight GPUs for 16 workers: a fault of one takes eight of them. */
    @Test
    void workersOfANodeFailTogether() {
        String cluster = TWO.replace("sgd:", "cluster: {node: {preset: dgx-h100}, network: {preset: ib-ndr}}\nsgd:")
                .replace("workers: 2", "workers: 16");
        CellResult cell = run(cluster + FAILURES.replace("mtbf: 10 s, law: fixed", "mtbf: 20 s"));
        double lost = cell.mean(SgdMetrics.LOST).orElseThrow();
        assertThat(lost).isPositive();
        assertThat(lost % 8).isZero();
    }

    @Test
    void faultsThatStopNoWorkerAreRefusedWhereTheyStand() {
        for (String cause : List.of("visibility: silent", "scope: job", "scope: storage")) {
            ScenarioException refused = TestStudies.refusal(TWO + FAILURES.replace("damage: process", cause));
            assertThat(refused.getMessage()).contains("cause crash stops no worker by way of its nodes");
            assertThat(refused.problems().get(0).position().orElseThrow().label())
                    .contains(":12:");
        }
        assertThat(TestStudies.refusal(TWO + FAILURES.replace("damage: process", "notice: 1 s"))
                        .getMessage())
                .contains("a worker is told of no fault before it strikes");
    }

    /** 100.5 s over 0.1 ms are a million. */
    @Test
    void moreFaultsThanARunHoldsAreRefused() {
        ScenarioException refused = TestStudies.refusal(TWO + FAILURES.replace("mtbf: 10 s", "mtbf: 0.1 ms"));
        assertThat(refused.getMessage()).contains("faults can be expected before the horizon");
        assertThat(refused.problems().get(0).position().orElseThrow().label()).contains(":12:");
    }
}
