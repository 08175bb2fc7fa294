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
                        "life.checkpoint.notice");
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
}
