package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.run;
import static trainyard.scenario.study.TestStudies.study;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.faults.life.account.GpuState;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.life.CheckpointMetrics;
import trainyard.scenario.workload.life.LifeMetrics;
import trainyard.scenario.workload.life.LifeRemarks;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.stats.Tally;

class LifeStudyTest {

    private static final String JOB = """
            trainyard: 1
            name: life
            replications: 200
            cluster:
              node: {preset: dgx-h100}
              network: {preset: ib-ndr}
            job:
              model: {preset: llama3-8b}
              batch: {global: 128 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 8, data: 32, sequence-parallel: true, zero: 1}
              recompute: full
              software: megatron-core-2024
            """;

    private static final String LIFE = JOB + """
            life:
              horizon: 60 days
              step-time: 1 s
              spares: 64 nodes
              faults:
                causes:
                  node: {scope: node, mtbf: 400 h, damage: node, repair: 10 h}
              checkpoint: {interval: 10 min, write: 20 s, restore: 60 s}
              recovery: {detect: 1 min, diagnose: 0 s, initialise: 2 min}
            """;

    private static Workload workload(String text) {
        Study study = study(text);
        return study.workload(study.cells().get(0));
    }

    /** Times beyond the horizon have no end in it; a snapshot of more than a year is named. */
    @Test
    void timesThatNoClockHoldsAreCutOrRefused() {
        String two = LIFE.replace("replications: 200", "replications: 2");
        String forEver = two.replace("horizon: 60 days", "horizon: 50 days\n  steps: 4000000000000000000 steps")
                .replace("interval: 10 min", "interval-steps: 1000000000 steps")
                .replace("repair: 10 h", "repair: 9000000 h, repair-cv: 20")
                .replace("initialise: 2 min", "initialise: 90000000 h, spread: 10");
        assertThat(run(forEver, 1).cells().get(0).outcomes()).hasSize(2);

        String slow = two.replace("write: 20 s", "bandwidth: 1 B/s");
        assertThatThrownBy(() -> workload(slow))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("writing or loading a snapshot takes 3.56e+03 years");
    }

    /** The clock counts nanoseconds of all GPUs: a step of days on thousands of them is a wrong unit. */
    @Test
    void aStepOfTooManyGpuHoursIsRefused() {
        String slow = LIFE.replace("step-time: 1 s", "step-time: 300 days");

        assertThatThrownBy(() -> workload(slow))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("GPU-hours of all GPUs together");
    }

    /** Messages of flows are not followed over links that are slow. */
    @Test
    void slowLinksNeedClosedForms() {
        String flows = LIFE.replace("preset: ib-ndr", "preset: ib-ndr, collectives: flow")
                .replace(
                        "scope: node, mtbf: 400 h, damage: node",
                        "scope: link, mtbf: 400 h, visibility: slow, speed: 50%");
        assertThatThrownBy(() -> workload(flows))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("slow links count in closed forms only");
    }

    /** A step of which nobody would see the end. */
    @Test
    void stepsOfManyYearsAreRefused() {
        String slow = LIFE.replace("preset: ib-ndr", "preset: ib-ndr, latency: 50000 h")
                .replace("data: 32", "data: 16, pipeline: 2");
        assertThatThrownBy(() -> workload(slow))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("years");
    }

    /** With a GPU at a billionth of its speed no step ends in the life of anybody. */
    @Test
    void partsThatAreAllButDownAreRefused() {
        String dead = LIFE.replace("replications: 200", "replications: 1")
                .replace(
                        "scope: node, mtbf: 400 h, damage: node",
                        "scope: gpu, mtbf: 400 h, visibility: slow, speed: 0.000000001");
        CellResult cell = run(dead, 1).cells().get(0);
        assertThat(cell.outcomes().get(0).infeasible())
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("a step may take"));
    }

    /** Exponential faults and enough spares: the closed form is met within the interval of 200 lives. */
    @Test
    void theMeanMeetsTheClosedForm() {
        CellResult cell = run(LIFE, 2).cells().get(0);
        var estimate = cell.estimate(LifeMetrics.ETTR).orElseThrow();
        double closedForm =
                LifeMetrics.ETTR.inUnit(cell.mean(LifeMetrics.ETTR_CLOSED_FORM).orElseThrow());
        assertThat(estimate.high() - estimate.low()).isBetween(0.0, 0.5);
        assertThat(estimate.value()).isCloseTo(closedForm, within(estimate.high() - estimate.low()));
        double shares = 0;
        for (GpuState state : GpuState.values()) {
            shares += cell.mean(LifeMetrics.share(state)).orElseThrow();
        }
        assertThat(shares).isCloseTo(1, within(1e-12));
        assertThat(cell.mean(LifeMetrics.MTBF).orElseThrow()).isCloseTo(400.0 * 3600 / 32, within(1e-6));
    }

    /**
     * Two minutes to start, 20,000 steps of 1 s and 33 snapshots of 20 s between them and one behind, where no fault strikes, are
     * 20,800 s on 96 nodes of 8 GPUs; at 3,600 USD a GPU-hour a second costs 768 USD. Half of that time leaves the life unfinished, and its totals without a value.
     */
    @Test
    void totalsOfLivesThatDoNotFinishAreCensored() {
        String steps = LIFE.replace("replications: 200", "replications: 2")
                        .replace("horizon: 60 days", "horizon: 10400 s\n  steps: 20000 steps")
                        .replace("mtbf: 400 h", "mtbf: 4000000 h")
                        .replace("write: 20 s", "write: 20 s, price: 1 USD/GB-month")
                + "cost: {price: 3600 USD/GPU-hour, on-demand: 3600 USD/GPU-hour}\n"
                + "variants: {cut: {}, whole: {life.horizon: 1 day}}\n";
        StudyResult result = run(steps, 1);
        CellResult cut = result.cells().get(0);
        CellResult whole = result.cells().get(1);
        for (Metric total : List.of(
                LifeMetrics.TIME_TO_TRAIN,
                LifeMetrics.COST,
                LifeMetrics.LOST_GPU_HOURS,
                CheckpointMetrics.STORAGE_COST)) {
            assertThat(cut.mean(total)).as(total.name()).isEmpty();
            assertThat(whole.mean(total)).as(total.name()).isPresent();
            assertThat(result.best(total)).as(total.name()).contains(whole);
        }
        assertThat(Unknown.reason(cut, LifeMetrics.COST))
                .contains("not reached within the horizon in 2 of 2 replications");
        assertThat(cut.mean(LifeMetrics.COST_RESTRICTED).orElseThrow()).isCloseTo(10_400 * 768.0, within(1e-3));
        assertThat(whole.mean(LifeMetrics.COST).orElseThrow()).isCloseTo(20_800 * 768.0, within(1e-3));
        assertThat(whole.mean(LifeMetrics.COST_RESTRICTED)).isEqualTo(whole.mean(LifeMetrics.COST));
        // 768 USD a second pay 96 nodes, of which the 32 of the job work for 20,000 of 20,800 s
        assertThat(whole.mean(LifeMetrics.COST_PER_USEFUL).orElseThrow())
                .isCloseTo(20_800 * 768.0 / (20_000 * 256), within(1e-9));
        assertThat(LifeRemarks.of(cut.outcomes()))
                .singleElement()
                .asString()
                .contains("2 of 2 lives do not finish their steps", "the cost is at least 7,987,200 USD");
        assertThat(LifeRemarks.of(whole.outcomes())).isEmpty();
    }

    /** 32 nodes fail once in 400 h each and are away for 10 h: most of a day one is, and without a spare all others wait. */
    @Test
    void aJobThatMostlyWaitsForNodesIsRemarkedOn() {
        String few = LIFE.replace("spares: 64 nodes", "spares: 0 nodes");

        assertThat(LifeRemarks.of(run(few, 2).cells().get(0).outcomes()))
                .singleElement()
                .asString()
                .startsWith("more than a fifth of the GPU time goes into waiting for nodes");
        assertThat(LifeRemarks.of(run(LIFE, 2).cells().get(0).outcomes())).isEmpty();
    }

    /** A job without a last step costs what it costs to the horizon. */
    @Test
    void aLifeWithoutAnEndHasItsTotals() {
        String open = LIFE.replace("replications: 200", "replications: 2") + "cost: {price: 3600 USD/GPU-hour}\n";
        CellResult cell = run(open, 1).cells().get(0);
        assertThat(cell.mean(LifeMetrics.COST).orElseThrow()).isCloseTo(60 * 86_400 * 768.0, within(1.0));
        assertThat(cell.mean(LifeMetrics.LOST_GPU_HOURS)).isPresent();
        assertThat(cell.mean(LifeMetrics.COST_RESTRICTED)).isEmpty();
        assertThat(LifeRemarks.of(cell.outcomes())).isEmpty();
    }

    @Test
    void threadsChangeNothing() {
        assertThat(run(LIFE, 1).cells())
                .extracting(CellResult::outcomes)
                .isEqualTo(
                        run(LIFE, 7).cells().stream().map(CellResult::outcomes).toList());
    }

    /** Both designs meet the same faults, so their difference is known better than either of them. */
    @Test
    void designsShareTheirFaults() {
        StudyResult result = run(LIFE + """
                variants:
                  slow: {life.recovery.initialise: 10 min}
                  fast: {life.recovery.initialise: 2 min}
                """, 2);
        List<Outcome> slow = result.cells().get(0).outcomes();
        List<Outcome> fast = result.cells().get(1).outcomes();
        double[] differences = new double[slow.size()];
        double[] values = new double[slow.size()];
        for (int i = 0; i < slow.size(); i++) {
            values[i] = fast.get(i).value(LifeMetrics.ETTR).orElseThrow();
            differences[i] = values[i] - slow.get(i).value(LifeMetrics.ETTR).orElseThrow();
        }
        assertThat(Tally.of(differences).standardDeviation())
                .isLessThan(Tally.of(values).standardDeviation());
        assertThat(Tally.of(differences).min()).isPositive();
    }

    /** 31 of 32 replicas share 128 sequences: the busiest has five, so a step takes 5/4 of the time. */
    @Test
    void anElasticJobGoesOnWithAnUnevenSplit() {
        String shrinking = LIFE.replace("spares: 64 nodes", "spares: 0 nodes")
                .replace("recovery: {", "recovery: {policy: elastic, ");
        String waiting = LIFE.replace("spares: 64 nodes", "spares: 0 nodes");
        double elastic =
                run(shrinking, 2).cells().get(0).mean(LifeMetrics.STEPS).orElseThrow();
        double replace = run(waiting, 2).cells().get(0).mean(LifeMetrics.STEPS).orElseThrow();
        assertThat(elastic).isGreaterThan(1.2 * replace);
    }

    /**
     * 32 experts lie on all eight replicas of four tensor ranks. Seven replicas, 28 ranks, share them out in fours instead, and the
     * 1,024 sequences as 147 each, the busiest: a step is that of 28 nodes with 1,029 sequences and four expert ranks.
     */
    @Test
    void expertsAreSharedOutAnewWhereAReplicaIsLost() {
        String whole = """
                trainyard: 1
                name: experts
                replications: 1
                cluster: {nodes: 32, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
                job:
                  model: {preset: qwen3-235b-a22b}
                  batch: {global: 1024 sequences, micro: 1 sequence, sequence-length: 4096 tokens}
                  parallel: {tensor: 4, sequence-parallel: true, pipeline: 8, zero: 1, expert: 32}
                """;
        String seven = whole.replace("nodes: 32", "nodes: 28")
                .replace("global: 1024", "global: 1029")
                .replace("expert: 32", "expert: 4")
                .replace("zero: 1", "zero: 1, data: 7");
        String life = whole + "life: {horizon: 1 day, faults: {preset: llama3-2024}}\n";

        assertThat(value(only(life), "degraded.step-time")).isCloseTo(degradedTo(seven), within(1e-9));
    }

    private static Outcome only(String text) {
        return run(text, 1).cells().get(0).outcomes().get(0);
    }

    private static double degradedTo(String text) {
        return only(text).step().orElseThrow().stepNanos() * 1e-9;
    }

    private static double value(Outcome outcome, String metric) {
        return outcome.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(metric))
                .mapToDouble(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void contradictionsHaveAPlace() {
        assertThatThrownBy(() -> workload(LIFE.replace("interval: 10 min", "interval: 10 min, interval-steps: 5")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("interval");
        assertThatThrownBy(() ->
                        study(LIFE.replace(JOB, "trainyard: 1\nname: life\ncluster: {node: {preset: dgx-h100}}\n")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("job");
        assertThatThrownBy(() -> workload(JOB + "life:\n  faults: {scale: 2}\n"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("no cause");
    }
}
