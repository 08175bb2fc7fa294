package trainyard.scenario.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trainyard.report.document.Assumption;
import trainyard.scenario.Scenario;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.SourceText;

/** Only what a run rests on is listed. */
class AssumptionsTest {

    private static final String LIFE = """
            trainyard: 1
            name: life
            cluster: {node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 128 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 8, data: 16, zero: 1}
            life:
              step-time: 1 s
              spares: 2 nodes
              faults: {causes: {node: {mtbf: 400 h}}}
            """;

    private static List<String> parameters(String... changes) {
        Scenario scenario = Scenario.of(
                new SourceText("life.yaml", LIFE),
                Path.of(""),
                Stream.of(changes).map(Assignment::parse).toList());
        return Assumptions.of(scenario.values()).stream()
                .map(Assumption::parameter)
                .toList();
    }

    @Test
    void defaultsOfChoicesThatWereNotMadeAreNone() {
        assertThat(parameters())
                .contains("life.recovery.detect", "life.recovery.policy", "life.checkpoint.interval")
                .doesNotContain(
                        "life.recovery.standbys",
                        "life.recovery.overhead",
                        "life.recovery.queue",
                        "life.checkpoint.delta",
                        "life.checkpoint.stall",
                        "life.checkpoint.notice",
                        "job.model.family",
                        "job.recompute-method");
        assertThat(parameters("life.recovery.policy=hot-spare")).contains("life.recovery.standbys");
        assertThat(parameters("life.checkpoint.mode=async")).contains("life.checkpoint.stall");
    }

    /** Also where they stand deep within another section. */
    @Test
    void causesOfFaultsAreNamed() {
        assertThat(parameters()).contains("faults.node");
        Scenario training = Scenario.of(
                new SourceText(
                        "sgd.yaml",
                        "trainyard: 1\nname: sgd\nsgd: {failures: {faults: {causes: {crash: {mtbf: 1 h}}}}}\n"),
                Path.of(""),
                List.of());
        assertThat(Assumptions.of(training.values()))
                .extracting(Assumption::parameter)
                .contains("faults.crash", "sgd.failures.restart");
    }

    /** Rates of classes and quotas of teams decide; what GPUs compute counts for nothing where jobs state their run times. */
    @Test
    void whatIsWrittenByNameIsListedAndHardwareThatCountsForNothingIsNot() {
        String jobs = """
                trainyard: 1
                name: jobs
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: kueue, teams: {vision: {quota: 8 GPUs}}}
                jobs:
                  arrivals: {horizon: 1 day, classes: {train: {every: 2 h, gpus: [4, 8], run: 1 h, teams: {vision: 1}}}}
                """;
        Scenario scenario = Scenario.of(new SourceText("jobs.yaml", jobs), Path.of(""), List.of());
        assertThat(Assumptions.of(scenario.values()))
                .extracting(Assumption::parameter)
                .contains(
                        "jobs.arrivals.classes.train.every",
                        "jobs.arrivals.classes.train.gpus",
                        "jobs.arrivals.classes.train.run",
                        "jobs.arrivals.classes.train.teams.vision",
                        "scheduler.teams.vision.quota")
                .doesNotContain("hardware.gpu.peak");

        Scenario priced = Scenario.of(
                new SourceText("jobs.yaml", jobs + "  locality: {model: gpt2-1.5b}\n"), Path.of(""), List.of());
        assertThat(Assumptions.of(priced.values()))
                .extracting(Assumption::parameter)
                .contains("hardware.gpu.peak");
    }
}
