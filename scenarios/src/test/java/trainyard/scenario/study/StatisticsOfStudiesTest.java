package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.metric;
import static trainyard.scenario.study.TestStudies.run;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.Estimate;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.life.LifeMetrics;
import trainyard.scenario.workload.metric.Statistic;
import trainyard.sim.stats.Interval;
import trainyard.sim.stats.Quantiles;

/** Quantiles, intervals and differences of a study. */
class StatisticsOfStudiesTest {

    private static final String LIFE = """
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
            life:
              horizon: 40 days
              steps: 2000000 steps
              step-time: 1 s
              spares: 8 nodes
              faults:
                causes:
                  node: {scope: node, mtbf: 400 h, damage: node, repair: 10 h}
              checkpoint: {interval: 10 min, write: 20 s, restore: 60 s}
              recovery: {detect: 1 min, diagnose: 0 s, initialise: 2 min}
            """;
    private static final String VARIANTS = """
            variants:
              slow: {life.recovery.initialise: 10 min}
              fast: {life.recovery.initialise: 2 min}
            """;

    private static List<Expectation.Verdict> verdicts(StudyResult result) {
        return Expectation.all(result.study()).stream()
                .map(expectation -> expectation.check(result))
                .toList();
    }

    @Test
    void aQuantileIsThatOfTheReplicationsWithTheIntervalOfOrderStatistics() {
        StudyResult result = run(LIFE);
        CellResult cell = result.cells().get(0);
        double[] days = cell.outcomes().stream()
                .mapToDouble(outcome -> outcome.value(LifeMetrics.TIME_TO_TRAIN).orElseThrow() / 86_400)
                .toArray();
        Quantiles quantiles = new Quantiles(days);
        Interval interval = quantiles.interval(0.95, 0.95).orElseThrow();

        Estimate p95 = cell.estimate(metric(result, "time-to-train.p95")).orElseThrow();

        assertThat(p95.value()).isCloseTo(quantiles.quantile(0.95), within(1e-9));
        assertThat(p95.low()).isCloseTo(interval.low(), within(1e-9));
        assertThat(p95.high()).isCloseTo(interval.high(), within(1e-9));
        assertThat(cell.mean(metric(result, "time-to-train.max")).orElseThrow() / 86_400)
                .isCloseTo(quantiles.quantile(1), within(1e-9));
        assertThat(cell.mean(metric(result, "time-to-train.spread")).orElseThrow() / 86_400)
                .isCloseTo(quantiles.quantile(1) - quantiles.quantile(0), within(1e-9));
        assertThat(cell.mean(metric(result, "ettr.high")).orElseThrow())
                .isCloseTo(cell.estimate(LifeMetrics.ETTR).orElseThrow().high() / 100, within(1e-12));
    }

    /** Lives that are not done count as longer than any: a quantile below their share is known, the mean is not. */
    @Test
    void whatIsNotDoneCountsAsLongerThanAny() {
        StudyResult result = run(LIFE);
        double p70 =
                result.cells().get(0).mean(metric(result, "time-to-train.p70")).orElseThrow();
        StudyResult cut = run(LIFE.replace("horizon: 40 days", "horizon: " + p70 + " s"));
        CellResult cell = cut.cells().get(0);

        assertThat(cell.mean(metric(cut, "time-to-train.p50")))
                .isEqualTo(result.cells().get(0).mean(metric(result, "time-to-train.p50")));
        assertThat(cell.mean(metric(cut, "time-to-train.p95"))).isEmpty();
        assertThat(cell.mean(LifeMetrics.TIME_TO_TRAIN)).isEmpty();
        assertThat(Unknown.reason(cell, LifeMetrics.TIME_TO_TRAIN))
                .isEqualTo("UNKNOWN: not reached within the horizon in 60 of 200 replications");
    }

    @Test
    void aMetricWithoutItsInputIsUnknownAndNamesIt() {
        StudyResult result = run(LIFE.replace("  steps: 2000000 steps\n", "") + """
                expect:
                  cost: "<= 10 USD"
                  time-to-train.p95: "<= 30 days"
                """);

        assertThat(verdicts(result))
                .extracting(Expectation.Verdict::found)
                .containsExactly("UNKNOWN: needs cost.price", "UNKNOWN: needs life.steps");
        assertThat(verdicts(result)).noneMatch(Expectation.Verdict::holds);
    }

    /** Both designs meet the same faults, so the difference is known better than by two independent runs. */
    @Test
    void pairedDifferencesAreNarrowerThanUnpairedOnes() {
        StudyResult result = run(LIFE + VARIANTS + """
                expect:
                  "paired(fast - slow).ettr.low": "> 0%"
                  "paired(slow - fast).ettr": "< -0.5%"
                  "paired(fast - slow).ettr.ci95": "< unpaired(fast - slow).ettr.ci95"
                  "paired(slow - fast).time-to-train.min": "> 10 min"
                """);
        CellResult slow = result.cells().get(0);
        CellResult fast = result.cells().get(1);
        Difference paired = Difference.paired(fast, slow, LifeMetrics.ETTR).orElseThrow();
        Difference unpaired = Difference.unpaired(fast, slow, LifeMetrics.ETTR).orElseThrow();

        assertThat(verdicts(result)).allMatch(Expectation.Verdict::holds);
        assertThat(paired.estimate().value()).isCloseTo(unpaired.estimate().value(), within(1e-12));
        assertThat(paired.halfWidth().orElseThrow())
                .isLessThan(unpaired.halfWidth().orElseThrow());
        assertThat(paired.differs()).isTrue();
        double[] gains = IntStream.range(0, 200)
                .mapToDouble(i -> fast.outcomes().get(i).value(LifeMetrics.ETTR).orElseThrow()
                        - slow.outcomes().get(i).value(LifeMetrics.ETTR).orElseThrow())
                .sorted()
                .toArray();
        assertThat(paired.part(Statistic.Part.SPREAD).orElseThrow()).isCloseTo(gains[199] - gains[0], within(1e-12));
        assertThat(unpaired.part(Statistic.Part.SPREAD)).isEmpty();
    }

    /** Every incident of every life counts; the interval rests on how the lives differ. */
    @Test
    void whatHappensManyTimesInALifeHasQuantilesToo() {
        StudyResult result = run(LIFE.replace("replications: 200", "replications: 20") + """
                expect:
                  work-again.p95: "<= 10 min"
                  stall.p99: ">= 3 min"
                  stall.p25: between 3.9 min and 4.1 min
                """);
        CellResult cell = result.cells().get(0);
        double incidents = cell.mean(LifeMetrics.INCIDENTS).orElseThrow();

        assertThat(verdicts(result)).allMatch(Expectation.Verdict::holds);
        assertThat(cell.observations(metric(result, "stall")).tally().count())
                .isBetween((long) (15 * incidents), (long) (21 * incidents));
        Estimate p95 = cell.estimate(metric(result, "work-again.p95")).orElseThrow();
        assertThat(p95.low()).isLessThan(p95.value());
        assertThat(p95.high()).isGreaterThan(p95.value());
    }

    /** One life of six years: batch means without its warm-up cover the closed form, and a short life is refused. */
    @Test
    void oneLongLifeHasABatchMean() {
        String plenty = LIFE.replace("replications: 200", "replications: 1")
                .replace("spares: 8 nodes", "spares: 64 nodes")
                .replace("  steps: 2000000 steps\n", "")
                .replace("horizon: 40 days", "horizon: 2000 days");
        StudyResult result = run(plenty + "expect: {daily-ettr.steady.ci95: \"< 1%\"}\n");
        CellResult cell = result.cells().get(0);
        Estimate steady = cell.estimate(metric(result, "daily-ettr.steady")).orElseThrow();
        double closedForm = 100 * cell.mean(LifeMetrics.ETTR_CLOSED_FORM).orElseThrow();

        assertThat(verdicts(result)).allMatch(Expectation.Verdict::holds);
        assertThat(closedForm).isBetween(steady.low(), steady.high());
        StudyResult brief =
                run(plenty.replace("2000 days", "20 days") + "expect: {daily-ettr.steady.ci95: \"< 1%\"}\n");
        assertThat(verdicts(brief).get(0).found()).startsWith("UNKNOWN: no interval, fewer than 10 batches");
    }

    /** A range as a share is laid around the value of the scenario, be it written or a default. */
    @Test
    void rangesAsAShareLieAroundTheValueOfTheScenario() {
        Scenario scenario = Scenario.of(new SourceText("life.yaml", LIFE + """
                vary:
                  life.step-time: +-20%
                  life.faults.causes.node.mtbf: +-10 %
                  life.spares: +-50%
                """), Path.of(""), List.of());
        List<Cell> cells = Study.of(scenario, false).cells();

        assertThat(cells).extracting(Cell::role).startsWith(Cell.Role.GRID, Cell.Role.LOW, Cell.Role.HIGH);
        assertThat(cells.subList(1, 7))
                .extracting(cell -> cell.coordinates().values().iterator().next())
                .containsExactly("0.8 s", "1.2 s", "360 h", "440 h", "4 nodes", "12 nodes");
    }

    /** A stated end stays what it is; what lies between is written in whole units where there are thousands of them. */
    @Test
    void aSweptRangeKeepsItsEnds() {
        Scenario scenario = Scenario.of(
                new SourceText(
                        "life.yaml", LIFE + "sweep: {life.step-time: {from: 1000.4 s, to: 3001.9 s, points: 3}}\n"),
                Path.of(""),
                List.of());

        assertThat(Study.of(scenario, false).axes().get("life.step-time"))
                .containsExactly("1000.4 s", "33.35 min", "3001.9 s");
    }

    @Test
    void wrongPathsAreNamed() {
        String one = (LIFE + VARIANTS).replace("replications: 200", "replications: 1");
        assertThatThrownBy(() -> verdicts(run(one + "expect: {\"paired(fast-slow).ettr\": \"> 0%\"}\n")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'fast-slow' names no two variants");
        assertThatThrownBy(() -> verdicts(run(one + "expect: {\"paired(fast - slwo).ettr\": \"> 0%\"}\n")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("no cell is meant");
        assertThatThrownBy(() -> verdicts(run(one + "expect: {\"unpaired(fast - slow).ettr.p95\": \"> 0%\"}\n")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("names a quantile");
        assertThatThrownBy(() -> verdicts(run(one + "expect: {\"unpaired(fast - slow).ettr.spread\": \"> 0%\"}\n")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("or a spread");
        assertThatThrownBy(() -> verdicts(run(one + "expect: {\"ettr.p123\": \"> 0%\"}\n")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("unknown metric 'ettr.p123'");
    }
}
