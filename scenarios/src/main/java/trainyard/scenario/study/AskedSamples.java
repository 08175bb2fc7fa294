package trainyard.scenario.study;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.section.report.ReportSection;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Statistic;

/**
 * The quantities with many values in one replication that a scenario states something of: in its headline, its
 * expectations or its charts. Only these are kept, since each replication has to be recorded for them.
 */
final class AskedSamples {

    /** Charts that simulate as many replications anew as they show. */
    private static final Set<ChartSection.Kind> DRAWN_ANEW =
            EnumSet.of(ChartSection.Kind.CDF, ChartSection.Kind.BOX, ChartSection.Kind.OVER_TIME);

    private AskedSamples() {}

    static Set<Metric> of(Study study) {
        Set<Metric> asked = new LinkedHashSet<>();
        List<Metric> samples = study.samples();
        if (samples.isEmpty()) {
            return asked;
        }
        Values values = study.scenario().values();
        Values report = values.get(ScenarioSection.REPORT);
        report.find(ReportSection.HEADLINE).ifPresent(name -> add(name, samples, asked));
        report.find(ReportSection.CHARTS)
                .ifPresent(charts -> charts.stream()
                        .filter(chart -> !DRAWN_ANEW.contains(chart.get(ChartSection.KIND)))
                        .forEach(chart -> {
                            chart.find(ChartSection.Y).ifPresent(name -> add(name, samples, asked));
                            chart.find(ChartSection.COLUMNS)
                                    .ifPresent(names -> names.forEach(name -> add(name, samples, asked)));
                        }));
        Map<String, Setting<String>> expected =
                values.find(ScenarioSection.EXPECT).orElse(Map.of());
        expected.forEach((path, condition) -> {
            add(path.substring(path.lastIndexOf(')') + 1).replaceFirst("^\\.", ""), samples, asked);
            String right = condition.value().replaceFirst("^[<>=\\s]+", "");
            add(right.substring(right.lastIndexOf(')') + 1).replaceFirst("^\\.", ""), samples, asked);
        });
        return asked;
    }

    private static void add(String name, List<Metric> samples, Set<Metric> asked) {
        String plain = Statistic.metricName(name.strip());
        samples.stream().filter(sample -> sample.name().equals(plain)).forEach(asked::add);
    }
}
