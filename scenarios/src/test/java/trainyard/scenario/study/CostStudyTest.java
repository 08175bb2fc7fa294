package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static trainyard.scenario.study.TestStudies.metric;
import static trainyard.scenario.study.TestStudies.run;
import static trainyard.scenario.study.TestStudies.value;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.report.document.Breakdown;
import trainyard.scenario.answer.Explanation;
import trainyard.scenario.source.ScenarioException;

/** Total cost of ownership, charge-back and the cost ratio, through scenarios. */
class CostStudyTest {

    private static final String TCO = """
            trainyard: 1
            name: own
            tco:
              horizon: 1 year
              demand: {mean: 50}
              owned: {gpus: 40, price: 35040 USD/GPU, life: 4 years, power: 1 kW, pue: 1.5, energy: 0.1 USD/kWh, staff: 87600 USD/year}
              cloud: {on-demand: 3 USD/GPU-hour, egress: 10 GB, egress-price: 0.1 USD/GB}
            """;

    @Test
    void aYearOfFortyGpusIsTheBillCountedByHand() {
        StudyResult result = run(TCO);
        Map<String, Double> parts = Map.of(
                "cost.capex", 40 * 1.0 * 8_760,
                "cost.upkeep", 0.0,
                "cost.power", 40 * 0.15 * 8_760,
                "cost.staff", 87_600.0,
                "cost.on-demand", 10 * 3.0 * 8_760,
                "cost.egress", 10 * 10 * 0.1);

        parts.forEach((name, usd) -> assertThat(value(result, name)).isCloseTo(usd, within(1e-6 * (1 + usd))));
        double sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(value(result, "cost")).isCloseTo(sum, within(1e-9 * sum));
        assertThat(value(result, "owned-utilization")).isCloseTo(1, within(1e-12));
        // (1 + 0.25) / (3 - 0.15)
        assertThat(value(result, "break-even-utilization")).isCloseTo(1.25 / 2.85, within(1e-9));
        assertThat(value(result, "best-owned")).isEqualTo(50);
    }

    @Test
    void aDemandNeedsATraceOrAMean() {
        assertThatThrownBy(() -> run(TCO.replace("{mean: 50}", "{growth: 1% per year}")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("neither a trace nor a mean");
    }

    /**
     * Eight GPUs for 15 s: A of team x has all for 10 s, then B of team y has 4 for 5 s and the other 4 stand idle. A GPU costs a
     * dollar a second.
     */
    @Test
    void whatTeamsPayAddsUpToTheBill() {
        StudyResult result = run("""
                trainyard: 1
                name: bill
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                jobs: {list: [{id: A, team: x, gpus: 8, run: 10 s}, {id: B, team: y, gpus: 4, run: 5 s}]}
                cost: {price: 3600 USD/GPU-hour}
                report: {headline: cost}
                """);

        assertThat(value(result, "cost")).isCloseTo(8 * 15, within(1e-9));
        assertThat(value(result, "cost.used")).isCloseTo(100, within(1e-9));
        assertThat(value(result, "cost.idle")).isCloseTo(20, within(1e-9));
        assertThat(value(result, "team.x.cost")).isCloseTo(80 + 0.8 * 20, within(1e-9));
        assertThat(value(result, "team.y.cost")).isCloseTo(20 + 0.2 * 20, within(1e-9));
        // 120 USD for 100 GPU-seconds of work
        assertThat(value(result, "cost.per-useful-gpu-hour")).isCloseTo(1.2, within(1e-9));
    }

    /** A holds 8 GPUs for 5 s of start and 100 s of work, B 4 for 5 s and 30 s. */
    private static final String WITH_START = """
            trainyard: 1
            name: bill
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs:
              list: [{id: A, team: x, gpus: 8, run: 100 s}, {id: B, team: y, gpus: 4, run: 30 s}]
              checkpoint: {start: 5 s}
            cost: {price: 3600 USD/GPU-hour}
            report: {headline: cost}
            """;

    @Test
    void checkpointsAreOverheadOfTheTeamThatWritesThem() {
        StudyResult result = run(WITH_START);

        assertThat(value(result, "team.x.cost.overhead")).isCloseTo(8 * 5, within(1e-9));
        assertThat(value(result, "team.y.cost.overhead")).isCloseTo(4 * 5, within(1e-9));
        assertThat(value(result, "team.x.cost") + value(result, "team.y.cost"))
                .isCloseTo(value(result, "cost"), within(1e-9));
    }

    @Test
    void gpuTimeAndBillsBreakDownIntoTheirParts() {
        StudyResult result = run(WITH_START);

        assertThat(value(result, "gpu-hours")).isCloseTo(8 * 105 + 4 * 35, within(1e-6));
        assertThat(value(result, "gpu-hours.useful")).isCloseTo(8 * 100 + 4 * 30, within(1e-6));
        assertThat(terms(result, "gpu-hours")).containsEntry("gpu-hours.start", 60 / 3600.0);
        assertThat(terms(result, "lost-gpu-hours")).containsEntry("gpu-hours.start", 60 / 3600.0);
        assertThat(terms(result, "team.x.cost")).containsEntry("team.x.cost.used", 800.0);
    }

    /** What jobs hold is counted start by start, and its parts by what each GPU does. */
    @ParameterizedTest
    @ValueSource(strings = {"fifo", "easy", "srtf", "las", "priority", "kueue", "pod-by-pod, pod-timeout: 10 min"})
    void thePartsAddUpToTheGpuTimeThatJobsHold(String policy) {
        StudyResult result = run("""
                trainyard: 1
                name: held
                cluster: {nodes: 4, node: {preset: dgx-h100}}
                scheduler: {policy: POLICY}
                jobs:
                  arrivals:
                    horizon: 2 days
                    classes:
                      small: {every: 20 min, gpus: [1, 2, 4], run: 1 h, teams: {x: 1}}
                      large: {every: 4 h, gpus: 16, run: 2 h, teams: {y: 1}PRIORITY}
                  checkpoint: {start: 1 min, interval: 30 min, write: 1 min}
                  failures: {faults: {causes: {node: {scope: node, mtbf: 50 h, damage: node, repair: 1 h}}}}
                """.replace("PRIORITY", policy.matches("fifo|srtf|las") ? "" : ", priority: 1")
                .replace("POLICY", policy));

        assertThat(terms(result, "gpu-hours").values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(value(result, "gpu-hours") / 3600, withinPercentage(1e-6));
        assertThat(terms(result, "lost-gpu-hours").values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isPositive()
                .isCloseTo(value(result, "lost-gpu-hours") / 3600, withinPercentage(1e-6));
    }

    private static Map<String, Double> terms(StudyResult result, String metric) {
        return Explanation.of(result, result.cells().get(0), metric(result, metric)).breakdown().terms().stream()
                .collect(Collectors.toMap(Breakdown.Term::name, Breakdown.Term::value));
    }

    /** Without faults only checkpoints cost: 10 s after each 90 s of work. */
    @Test
    void theRatioIsThePriceRatioOverWhatIsNotLost() {
        StudyResult result = run("""
                trainyard: 1
                name: ratio
                cluster: {node: {preset: dgx-h100}, network: {preset: ib-ndr}}
                job:
                  model: {preset: bert-large}
                  batch: {global: 64 sequences, micro: 8 sequences, sequence-length: 512 tokens}
                  parallel: {data: 8}
                life:
                  step-time: 1 s
                  horizon: 10000 s
                  spares: 0 nodes
                  faults: {causes: {node: {mtbf: 1000000000 h}}}
                  checkpoint: {interval: 90 s, mode: sync, write: 10 s, restore: 10 s}
                  recovery: {initialise: 0 s}
                cost: {price: 1 USD/GPU-hour, on-demand: 4 USD/GPU-hour}
                report: {headline: cost-ratio}
                """);

        assertThat(value(result, "cost-ratio")).isCloseTo(0.25 / 0.9, within(0.001));
    }
}
