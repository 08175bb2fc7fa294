package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Metric;

/** What the GPUs of a cluster do over time adds up to all of them. */
class GpuSharesTest {

    private static final String HEAD = """
            trainyard: 1
            name: shares
            cluster: {nodes: 2, node: {preset: dgx-h100}}
            """;

    private static Map<String, TimeSeries> shares(Study study) {
        Details details = study.details(study.cells().get(0), 0);
        Metric shares = study.series().stream()
                .filter(metric -> metric.name().equals("gpu-shares"))
                .findFirst()
                .orElseThrow();
        Map<String, TimeSeries> byName = new LinkedHashMap<>();
        details.series(shares).forEach(series -> byName.put(series.name(), series));
        return byName;
    }

    private static double at(TimeSeries series, double seconds) {
        return series.points().stream()
                .filter(point -> point.seconds() <= seconds)
                .reduce((first, second) -> second)
                .orElseThrow()
                .value();
    }

    /**
     * By hand: under worst fit a and b lie on one node each, so that 4 of 8 GPUs are free there and c, which wants 8 of one node, finds none
     * until they end after 10 s.
     */
    @Test
    void scatteredGpusAreOfNoUseToTheQueue() {
        Map<String, TimeSeries> shares = shares(study(HEAD + """
                jobs:
                  list:
                    - {id: a, gpus: 4, run: 10 s}
                    - {id: b, gpus: 4, run: 10 s}
                    - {id: c, gpus: 8, run: 10 s, submit: 2 s}
                scheduler: {policy: fifo, placement: worst-fit}
                """));

        assertThat(List.copyOf(shares.keySet()))
                .containsExactly(
                        "held by jobs", "free, of no use to the queue", "free or not there", "wanted by the queue");
        assertThat(shares.values().stream().map(series -> at(series, 1))).containsExactly(0.5, 0.0, 0.5, 0.0);
        assertThat(shares.values().stream().map(series -> at(series, 5))).containsExactly(0.5, 0.5, 0.0, 0.5);
        assertThat(shares.values().stream().map(series -> at(series, 15))).containsExactly(0.5, 0.0, 0.5, 0.0);
    }

    @Test
    void thePartsAddUpToAllGpusWhereNodesFail() {
        Map<String, TimeSeries> shares = shares(study(HEAD + """
                jobs:
                  arrivals:
                    horizon: 2 days
                    classes:
                      small: {every: 10 min, gpus: [1, 2, 5], run: 40 min}
                      large: {every: 3 h, gpus: [8, 16], run: 1 h}
                  failures: {faults: {causes: {node: {mtbf: {value: 12 h, source: assumed}, repair: 2 h}}}, requeue: 1 min}
                scheduler: {policy: fifo-fit-first, placement: worst-fit}
                """));
        List<TimeSeries> parts = List.copyOf(shares.values()).subList(0, 3);

        assertThat(parts.get(1).points()).anyMatch(point -> point.value() > 0);
        for (TimeSeries part : parts) {
            for (TimeSeries.At point : part.points()) {
                List<Double> now =
                        parts.stream().map(each -> at(each, point.seconds())).toList();
                assertThat(now).allMatch(share -> share > -1e-9);
                assertThat(now.stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-9));
            }
        }
    }
}
