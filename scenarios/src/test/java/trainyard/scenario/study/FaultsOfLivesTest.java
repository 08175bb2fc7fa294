package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.faults.life.account.GpuState;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.life.LifeMetrics;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;

class FaultsOfLivesTest {

    private static final String CLUSTER = """
            trainyard: 1
            name: faults
            cluster:
              node: {preset: dgx-h100}
              network: {preset: ib-ndr}
            """;

    private static final String JOB = """
            job:
              model: {preset: llama3-8b}
              batch: {global: 64 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 2, pipeline: 2, data: 8, sequence-parallel: true, zero: 1}
              recompute: full
              software: megatron-core-2024
            """;

    private static final String LIFE = """
            life:
              horizon: 1000 h
              checkpoint: {interval: 2000 h, write: 1 s, restore: 1 s}
              recovery: {initialise: 0 s}
              faults: %s
            """;

    @TempDir
    private Path folder;

    private static Map<Metric, Double> run(SourceText text) {
        Study study = Study.of(Scenario.of(text, Path.of(""), List.of()), false);
        return study.workload(study.cells().get(0)).run().metrics();
    }

    private static Map<Metric, Double> run(String text) {
        return run(new SourceText("faults.yaml", text));
    }

    private static Map<Metric, Double> life(String faults) {
        return run(CLUSTER + JOB + LIFE.formatted(faults));
    }

    /** What the step model says of a condition is what a life with it takes: 100 h well, 900 h with a node at 70 %. */
    @Test
    void aSlowNodeStretchesTheStepAsTheStepModelSays() {
        double well = run(CLUSTER + JOB).get(StepMetrics.STEP_TIME);
        double slow = run(CLUSTER + "  condition: {stragglers: [{nodes: \"0-3\", speed: 0.7}]}\n" + JOB)
                .get(StepMetrics.STEP_TIME);
        double share = life("{causes: {hot: {scope: cluster, mtbf: 100 h, law: fixed, visibility: slow, speed: 0.7}}}")
                .get(LifeMetrics.share(GpuState.SLOW));
        assertThat(slow / well).isGreaterThan(1.2);
        assertThat(share).isCloseTo(0.9 * (1 - well / slow), within(1e-3));
    }

    @Test
    void aSlowPortIsPricedOnItsLinks() {
        double share = life("{causes: {flap: {scope: link, mtbf: 2000 h, visibility: slow, speed: 0.1, lasts: 100 h}}}")
                .get(LifeMetrics.share(GpuState.SLOW));
        assertThat(share).isGreaterThan(0.001);
    }

    @Test
    void aDamagedTraceNamesItsFileAndLine() throws IOException {
        Path trace = Files.writeString(folder.resolve("outages.csv"), "node,start_h,end_h\na,1,2\nb,5,4\n");
        String faults = "{trace: {file: \"%s\", format: outages, nodes: 40 nodes}}".formatted(trace.getFileName());
        SourceText text =
                new SourceText(folder.resolve("faults.yaml").toString(), CLUSTER + JOB + LIFE.formatted(faults));
        assertThatThrownBy(() -> run(text)).isInstanceOfSatisfying(ScenarioException.class, wrong -> {
            assertThat(wrong.problems().get(0).kind().exitCode()).isEqualTo(ExitCode.UNREADABLE_DATA);
            assertThat(wrong.problems().get(0).message())
                    .contains("outages.csv:3:")
                    .contains("before the start");
        });
    }

    /** A record without outages at its end covers the horizon if it says so; a node that was never back is gone. */
    @Test
    void aTraceMayCoverMoreThanItsLastOutage() throws IOException {
        Files.writeString(folder.resolve("open.csv"), "node,start_h,end_h\na,1,2\nb,5,\n");
        String faults = "{trace: {file: open.csv, format: outages, nodes: 40 nodes%s}}";
        String here = folder.resolve("faults.yaml").toString();
        assertThatThrownBy(() -> run(new SourceText(here, CLUSTER + JOB + LIFE.formatted(faults.formatted("")))))
                .hasMessageContaining("must not be empty");
        run(new SourceText(here, CLUSTER + JOB + LIFE.formatted(faults.formatted(", length: 1 year"))));
        assertThatThrownBy(() ->
                        run(new SourceText(here, CLUSTER + JOB + LIFE.formatted(faults.formatted(", length: 6 h")))))
                .hasMessageContaining("before the horizon");
    }

    @Test
    void keysThatContradictEachOtherAreRefused() {
        for (String faults : List.of(
                "{causes: {a: {mtbf: 1 h, law: lognormal}}}",
                "{causes: {a: {mtbf: 1 h, law: gamma}}}",
                "{causes: {a: {mtbf: 1 h, visibility: slow}}}",
                "{causes: {a: {mtbf: 1 h, scope: job, damage: node}}}",
                "{trace: {file: \"shipped:bamboo-spot/p3-trace.csv\", format: membership, nodes: 4 nodes}}",
                "{trace: {file: \"shipped:bamboo-spot/p3-trace.csv\", format: membership}}",
                "{trace: {file: \"shipped:none.csv\", format: membership}}")) {
            assertThatThrownBy(() -> life(faults)).as(faults).isInstanceOf(ScenarioException.class);
        }
    }
}
