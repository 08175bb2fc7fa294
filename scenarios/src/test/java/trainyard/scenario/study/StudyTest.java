package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.parallel.step.cost.TimeState;
import trainyard.scenario.Scenario;
import trainyard.scenario.section.sgd.SgdOptimizerSection;
import trainyard.scenario.section.sgd.SgdSection;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.collective.CollectiveMetrics;
import trainyard.scenario.workload.step.StepMetrics;

class StudyTest {

    private static final String JOB = """
            trainyard: 1
            name: test
            vars: {nodes: 8}
            cluster: {nodes: "${vars.nodes}", node: {preset: dgx-a100}}
            job:
              model: {preset: gpt-22b}
              batch: {global: 64, micro: 1}
              parallel: {tensor: 8, pipeline: 2, sequence-parallel: true}
              recompute: selective
            """;

    private static final String COLLECTIVE = """
            trainyard: 1
            name: test
            cluster: {nodes: 4, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            collective: {size: 1 GiB}
            """;

    private static Study study(String text) {
        return Study.of(Scenario.of(new SourceText("test", text), Path.of(""), List.of()), false);
    }

    private static StudyResult run(String text) {
        return new StudyRunner(1, done -> {}).run(study(text));
    }

    /** Nothing is random in it, so all replications are one run. */
    @Test
    void whatIsFixedRunsOnce() {
        List<Outcome> outcomes =
                run(COLLECTIVE + "replications: 3\n").grid().get(0).outcomes();
        assertThat(outcomes).hasSize(3).allMatch(outcome -> outcome == outcomes.get(0));
    }

    /** A quick run looks at fewer trial runs of each learning rate; one whose rate is stated has none. */
    @Test
    void aQuickRunTriesEachLearningRateOnce() {
        String sgd =
                "trainyard: 1\nname: test\nreplications: 9\nsgd: {problem: {kind: quadratic}, workers: 2, batch: 1,"
                        + " horizon: 9 s, optimizer: {rate: %s}}\n";
        assertThat(trialRuns(sgd.formatted("auto"), true)).isEqualTo(1);
        assertThat(trialRuns(sgd.formatted("auto"), false)).isEqualTo(3);
        assertThat(trialRuns(sgd.formatted("0.1"), true)).isEqualTo(3);
    }

    private static long trialRuns(String text, boolean quick) {
        Study study = Study.of(Scenario.of(new SourceText("test", text), Path.of(""), List.of()), quick);
        assertThat(study.replications()).isEqualTo(quick ? 3 : 9);
        return study.values(study.cells().get(0))
                .get(study.kind().section())
                .get(SgdSection.OPTIMIZER)
                .get(SgdOptimizerSection.TUNING)
                .get(SgdOptimizerSection.RUNS);
    }

    @Test
    void cellsAreVariantsTimesSweepThenRanges() {
        Study study = study(JOB + """
                variants: {a: {}, b: {job.recompute: full}}
                sweep: {job.batch.micro: [1, 2], vars.nodes: [4, 8]}
                vary: {cluster.network.latency: [1 us, 9 us]}
                """);

        assertThat(study.cells()).hasSize(2 * 2 * 2 + 3);
        assertThat(study.cells().get(1).label()).isEqualTo("a: micro 1, nodes 8");
        assertThat(study.cells().get(8).role()).isEqualTo(Cell.Role.BASE);
        assertThat(study.cells().get(10).coordinates()).isEqualTo(Map.of("cluster.network.latency", "9 us"));
    }

    @Test
    void aLogRangeHasEqualRatios() {
        Study study = study(COLLECTIVE + "sweep: {collective.size: {from: 1 KiB, to: 1 GiB, points: 3, scale: log}}");

        assertThat(study.axes().get("collective.size")).containsExactly("1 KiB", "1 MiB", "1 GiB");
    }

    /** Values that nobody stated are short enough for an axis; where they lie close together they have the digits to differ. */
    @Test
    void valuesBetweenTheEndsOfARangeAreShort() {
        assertThat(points("collective.size: {from: 1 KiB, to: 100 KiB, points: 5, scale: log}"))
                .containsExactly("1 KiB", "3.238 kB", "10 KiB", "32.38 kB", "100 KiB");
        assertThat(points("cluster.network.oversubscription: {from: 1, to: 30, points: 4, scale: log}"))
                .containsExactly("1.0", "3.107", "9.655", "30.0");
        assertThat(points("cluster.network.efficiency: {from: 0.5, to: 1, points: 4}"))
                .containsExactly("0.5", "0.6667", "0.8333", "1.0");
        assertThat(points("cluster.network.efficiency: {from: 0.9, to: 0.90003, points: 4}"))
                .containsExactly("0.9", "0.90001", "0.90002", "0.90003");
    }

    private static List<String> points(String sweep) {
        Study study = study(COLLECTIVE + "sweep: {" + sweep + "}");
        return study.axes().values().iterator().next();
    }

    /** A list is named by its items; one whose items would make it look like another keeps its brackets. */
    @Test
    void aSweptListIsNamedByItsItems() {
        Study study = study(JOB + "sweep: {job.recompute: [none, [moe-act], [layernorm, mlp], [\"a+b\"], []]}");

        assertThat(study.axes().get("job.recompute"))
                .containsExactly("none", "moe-act", "layernorm+mlp", "[\"a+b\"]", "[]");
        assertThat(study.cells().get(1).label()).isEqualTo("recompute moe-act");
    }

    /** Of a number below 0 the larger share is the lower end. */
    @Test
    void aShareAroundANegativeNumberHasTheLowerEndFirst() {
        Study study = study("""
                trainyard: 1
                name: test
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: priority, placement: any}
                jobs:
                  arrivals:
                    horizon: 1 day
                    classes: {large: {every: 4 h, gpus: 8, run: 2 h, teams: {y: 1}, priority: -10}}
                vary: {jobs.arrivals.classes.large.priority: +-20%}
                """);

        assertThat(study.cells().stream()
                        .flatMap(cell -> cell.coordinates().values().stream())
                        .toList())
                .containsExactly("-12", "-8");
    }

    @Test
    void quickKeepsTheEndsAndTheMiddle() {
        String text = COLLECTIVE + "sweep: {collective.size: [1 KiB, 2 KiB, 3 KiB, 4 KiB, 5 KiB]}";
        Scenario scenario = Scenario.of(new SourceText("test", text), Path.of(""), List.of());

        assertThat(Study.of(scenario, true).axes().get("collective.size")).containsExactly("1 KiB", "3 KiB", "5 KiB");
    }

    @Test
    void timeSharesSumToOneAndGpuSecondsToGpusTimesStep() {
        Outcome outcome = run(JOB).grid().get(0).first().orElseThrow();
        double shares = 0;
        double gpuSeconds = 0;
        for (TimeState state : TimeState.values()) {
            shares += outcome.value(StepMetrics.timeShare(state)).orElseThrow();
            gpuSeconds += outcome.value(StepMetrics.gpuSeconds(state)).orElseThrow();
        }

        double step = outcome.value(StepMetrics.STEP_TIME).orElseThrow();
        assertThat(shares).isCloseTo(1, within(1e-12));
        assertThat(gpuSeconds / (64 * step)).isCloseTo(1, within(1e-12));
    }

    @Test
    void theCostFollowsFromThePrice() {
        StudyResult result = run(JOB + "cost: {price: 3.60 USD/GPU-hour}");
        Outcome outcome = result.grid().get(0).first().orElseThrow();
        double step = outcome.value(StepMetrics.STEP_TIME).orElseThrow();

        assertThat(outcome.value(StepMetrics.COST_STEP).orElseThrow()).isCloseTo(64 * step * 0.001, within(1e-9));
    }

    @Test
    void busBandwidthFollowsTheDefinitionOfNcclTests() {
        Outcome outcome = run(COLLECTIVE).grid().get(0).first().orElseThrow();
        double seconds = outcome.value(CollectiveMetrics.TIME).orElseThrow();
        double expected = Math.pow(2, 30) / seconds * 2 * 31 / 32;

        assertThat(outcome.value(CollectiveMetrics.BUS_BANDWIDTH).orElseThrow()).isCloseTo(expected, within(1e-3));
    }

    @Test
    void expectationsCompareCellsWithValuesAndWithEachOther() {
        StudyResult result = run(JOB + """
                variants: {none: {job.recompute: selective}, full: {job.recompute: full}}
                published: {step-time: 100 s}
                expect:
                  variant(none).step-time: "< variant(full).step-time"
                  step-time: between 0.1 s and 60 s
                  at(variant=full).mfu: "<= 1%"
                  error.step-time: "<= 1%"
                """);

        assertThat(Expectation.all(result.study()))
                .extracting(expectation -> expectation.check(result).holds())
                .containsExactly(true, true, false, false);
    }

    @Test
    void aContradictionInASweepIsAFindingAndAnInfeasibleCell() {
        StudyResult result = run(JOB + "sweep: {job.parallel.tensor: [7, 8]}");

        assertThat(result.grid()).hasSize(2);
        assertThat(result.feasible()).hasSize(1);
    }

    @Test
    void aStoppedRunKeepsWhatIsFinished() {
        Study study = study(COLLECTIVE + "sweep: {collective.size: {from: 1 KiB, to: 1 GiB, points: 30, scale: log}}");
        StudyRunner[] runner = new StudyRunner[1];
        runner[0] = new StudyRunner(1, done -> {
            if (done == 5) {
                runner[0].stop();
            }
        });

        StudyResult result = runner[0].run(study);

        assertThat(result.isPartial()).isTrue();
        assertThat(result.finished()).isEqualTo(5);
    }
}
