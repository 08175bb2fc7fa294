package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.faults.life.account.GpuState;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.life.LifeMetrics;
import trainyard.scenario.workload.metric.Metric;

class SnapshotsOfLivesTest {

    /** A step of 10 s, so that intervals are whole numbers of them; about one fault in 40 h. */
    private static final String LIFE = """
            trainyard: 1
            name: snapshots
            cluster:
              node: {preset: dgx-h100}
              network: {preset: ib-ndr}
            job:
              model: {preset: llama3-8b}
              batch: {global: 64 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 2, pipeline: 2, data: 8, sequence-parallel: true, zero: 1}
              recompute: full
              software: megatron-core-2024
            life:
              horizon: 1000 h
              step-time: 10 s
              checkpoint:
                tiers: [{kind: object-store, mode: async, stall: 0.1 s, write: %s, in-flight: %d}]
              recovery: {initialise: 1 min}
              faults: {causes: {crash: {scope: job, mtbf: 40 h}}}
            """;

    private static Map<Metric, Double> life(String write, int inFlight) {
        Study study = Study.of(
                Scenario.of(new SourceText("s.yaml", LIFE.formatted(write, inFlight)), Path.of(""), List.of()), false);
        return study.workload(study.cells().get(0)).run().metrics();
    }

    /** Young's sqrt(2 x 0.1 s x 40 h) is 170 s, as long as a write takes less than that. */
    @Test
    void quickWritesLeaveTheBestIntervalAsItIs() {
        assertThat(life("60 s", 1).get(LifeMetrics.INTERVAL)).isCloseTo(170, within(1.0));
    }

    /** More snapshots than can be written would only wait for one another. */
    @Test
    void anAutomaticIntervalLeavesTimeToWrite() {
        Map<Metric, Double> slow = life("605 s", 1);
        assertThat(slow.get(LifeMetrics.INTERVAL)).isCloseTo(610, within(1e-6));
        assertThat(slow.get(LifeMetrics.share(GpuState.CHECKPOINT))).isLessThan(0.001);
        assertThat(life("605 s", 2).get(LifeMetrics.INTERVAL)).isCloseTo(310, within(1e-6));
    }
}
