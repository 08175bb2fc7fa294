package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.sgd.SgdMetrics;

/** Rules whose runs follow by hand, on two directions of curvature 1 that start at 1. */
class SgdRulesStudyTest {

    private static final String TWO = """
            trainyard: 1
            name: two
            replications: 1
            sgd:
              problem: {kind: quadratic, curvature: [1, 1], layered: true, noise: 0}
              workers: 2
              batch: 1
              compute: {time: 1 s, law: fixed}
              optimizer: {rate: 0.1}
              target: 0.01
              horizon: 100 s
              shown: 1000
            """;

    private static double mean(String rule, Metric metric) {
        return TestStudies.run(TWO + "  rule: {" + rule + "}\n")
                .cells()
                .get(0)
                .mean(metric)
                .orElseThrow();
    }

    /** Two stages share the second of a gradient; the first is one update late, the second none: half an update in the mean. */
    @Test
    void stagesOfPipeDreamAreAsLateAsTheyAreEarly() {
        String rule = "kind: pipedream";
        assertThat(mean(rule, SgdMetrics.UPDATE_TIME)).isCloseTo(0.5, within(0.01));
        assertThat(mean(rule, SgdMetrics.STALENESS)).isCloseTo(0.5, within(0.01));
        assertThat(mean(rule, SgdMetrics.STALENESS_CLOSED_FORM)).isEqualTo(0.5);
        // x - 1 + k x^-1 = 0 is stable while k < 2 sin(pi / 6) = 1.
        assertThat(mean(rule, SgdMetrics.RATE_LIMIT)).isCloseTo(1, within(1e-3));
        double[] late = {1, 0.9};
        double fresh = 0.9;
        int updates = 1;
        while ((late[1] * late[1] + fresh * fresh) / 2 > 0.01) {
            late = new double[] {late[1], late[1] - 0.1 * late[0]};
            fresh *= 0.9;
            updates++;
        }
        // Losses are worked out each tenth of a second; the second stage is ahead of the first.
        assertThat(mean(rule, SgdMetrics.UPDATES_TO_TARGET)).isBetween(updates - 1.0, updates + 1.0);
    }

    /** Two batches of half a second make an update; rates that start at a third let the first stage learn a third as fast. */
    @Test
    void pipeMareTakesBatchesTogetherAndLowersRates() {
        assertThat(mean("kind: pipemare, micro-batches: 2", SgdMetrics.UPDATE_TIME))
                .isCloseTo(1, within(0.02));
        assertThat(mean("kind: pipemare, micro-batches: 2", SgdMetrics.EXAMPLES))
                .isCloseTo(200, within(4.0));
        double loss = mean("kind: pipemare, rescheduled: 1000000000 updates", SgdMetrics.LOSS);
        // Three batches under way, the first stage is two updates late; the second has 0.9^200 left.
        double[] w = new double[202];
        w[0] = 1;
        for (int t = 1; t < w.length; t++) {
            w[t] = w[t - 1] - 0.1 / 3 * w[Math.max(0, t - 3)];
        }
        assertThat(Math.sqrt(2 * loss)).isBetween(w[201], w[195]);
    }

    /**
     * The worker that takes a second makes ten updates by itself. At 10.5 s the loss is 0.9^20 of the first, so ceil(1 / 0.9^10) = 3,
     * and no more than 2, make an update, of which the other takes 3 s: 10 and 90/3.
     */
    @Test
    void adaSyncAsksForMoreAsTheLossFalls() {
        String slow = TWO.replace("law: fixed", "law: fixed, slow-workers: 1 worker, slow-factor: 3");
        String rule = "  rule: {kind: ada-sync, gradients: 1, look-every: 10.5 s}\n";
        StudyResult result = TestStudies.run(slow + rule);
        assertThat(result.cells().get(0).mean(SgdMetrics.UPDATES)).hasValue(40.0);
        assertThat(result.cells().get(0).mean(SgdMetrics.STALENESS)).hasValue(0.0);
    }

    /** The loss is 1 at the start. */
    @Test
    void aTargetThatHoldsAtTheStartTakesNoTime() {
        String reached = TWO.replace("target: 0.01", "target: 2").replace("{rate: 0.1}", "{rate: auto}");
        assertThat(TestStudies.run(reached).cells().get(0).mean(SgdMetrics.TIME_TO_TARGET))
                .hasValue(0.0);
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedWhereItStands() {
        String pipeline = "  rule: {kind: pipedream}\n";
        assertRefused(TWO.replace("layered: true", "layered: false") + pipeline, "6:", "1 layer has no 2 stages");
        assertRefused(TWO + pipeline + "  gradient: {compression: fp16}\n", "14:27", "is not compressed");
        assertRefused(TWO + pipeline + "  gradient: {delay-compensation: 0.1}\n", "14:", "take gradients as they are");
        assertRefused(
                TWO.replace("rate: 0.1", "rate: 0.1, momentum-correction: true") + pipeline, "9:", "whole gradients");
        assertRefused(TWO.replace("noise: 0", "noise: 0, spread: 1") + pipeline, "5:", "reads them all");
        assertRefused(TWO + "  rule: {kind: ada-sync, gradients: 3}\n", "13:", "3 gradients of different workers");
        assertRefused(TWO.replace("{rate: 0.1}", "{tuning: {from: 2, to: 1}}"), "9:", "no rates from 2.0 to 1.0");
        assertRefused(TWO + "  lost: {workers: 2 workers, at: 3 s}\n", "13:19", "of 2 workers one must be left");
        assertRefused(
                TWO + "  rule: {kind: async}\n  lost: {workers: 1 worker, at: 3 s}\n",
                "14:",
                "that all-reduce are lost");
        assertRefused(
                TWO + "  lost: {workers: 1 worker, at: 3 s}\n  gradient: {compression: fp16}\n",
                "14:",
                "not compressed");
        assertRefused(
                TWO.replace("law: fixed", "law: fixed, stagger: true") + "  lost: {workers: 1 worker, at: 3 s}\n",
                "8:45",
                "lost before they start");
        assertRefused(
                TWO + "  lost: {workers: 1 worker, at: 3 s}\n  failures: {faults: {preset: llama3-2024}}\n",
                "14:",
                "not both");
        assertRefused(
                TWO.replace("workers: 2", "workers: 9")
                        + "cluster: {nodes: 1, node: {preset: dgx-h100}, network: {preset: ib-ndr}}\n",
                "6:12",
                "9 workers need 2 nodes, and there are 1");
        assertRefused(
                TWO.replace("workers: 2", "workers: 8")
                        + "  rule: {kind: async}\ncluster: {nodes: 1, node: {preset: dgx-h100}, network: {preset: ib-ndr}}\n",
                "6:12",
                "8 workers and 1 server need 2 nodes, and there are 1");
        assertRefused(TWO + "  rule: {kind: gossip}\n  gradient: {compression: sign}\n", "14:", "is not compressed");
    }

    /** A key that counts for nothing without another is refused where it stands. */
    @Test
    void keysThatNeedAnotherAreRefusedWithoutIt() {
        assertUnused(TWO.replace("law: fixed", "law: fixed, slow-factor: 3"), "8:36", "with slow-workers 0");
        assertUnused(TWO.replace("law: fixed", "law: fixed, spell-factor: 3"), "8:36", "with spell-share 0");
        assertUnused(TWO.replace("law: fixed", "law: fixed, spell-length: 3 s"), "8:36", "with spell-share 0");
        assertUnused(TWO + "  links: {up: 1 MB/s, slow-factor: 3}\n", "13:23", "with slow-workers 0");
        assertUnused(TWO + "  gradient: {error-feedback: false}\n", "13:14", "with compression none");
        assertUnused(TWO + "  gradient: {memory-rate: 1 GB/s}\n", "13:14", "with compression none");
        assertUnused(TWO.replace("rate: 0.1", "rate: 0.1, nesterov: true"), "9:26", "with momentum 0");
        assertUnused(TWO.replace("rate: 0.1", "rate: 0.1, momentum-correction: true"), "9:26", "with momentum 0");
        assertUnused(TWO + "  servers: 2\n", "13:3", "'servers' has no effect");
        assertUnused(TWO + "  rule: {kind: local}\n  server-time: 2 s\n", "14:3", "'server-time' has no effect");
        UnusedKeys.check(scenario(TWO + "  rule: {exchange: server}\n  servers: 2\n  server-time: 2 s\n"));
        assertUnused(
                TWO.replace("rate: 0.1", "rate: 0.1, tuning: {runs: 2}"),
                "9:26",
                "'tuning' has no effect with rate 0.1");
        assertUnused(TWO.replace("target: 0.01", "stop-at-target: true"), "10:3", "with target none");
        // Written in one cell of two, they count.
        UnusedKeys.check(scenario(TWO.replace("law: fixed", "law: fixed, slow-factor: 3")
                + "variants:\n  slow: {sgd.compute.slow-workers: 1 worker}\n  fast: {}\n"));
    }

    private static Scenario scenario(String text) {
        return Scenario.of(new SourceText("test.yaml", text), Path.of(""), List.of());
    }

    private static void assertUnused(String text, String at, String what) {
        assertThatThrownBy(() -> UnusedKeys.check(scenario(text)))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    assertThat(refused.getMessage()).contains(what);
                    assertThat(refused.problems()
                                    .get(0)
                                    .position()
                                    .orElseThrow()
                                    .label())
                            .contains(":" + at);
                });
    }

    private static void assertRefused(String scenario, String at, String what) {
        ScenarioException refused = TestStudies.refusal(scenario);
        assertThat(refused.getMessage()).contains(what);
        assertThat(refused.problems().get(0).position().orElseThrow().label()).contains(":" + at);
    }
}
