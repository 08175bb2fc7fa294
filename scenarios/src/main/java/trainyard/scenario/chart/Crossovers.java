package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Metric.Better;

/**
 * Where the best of several named choices changes along a swept number: which all-reduce algorithm wins up to which
 * message size. The place between two swept points is where the straight lines through both choices' values meet on a
 * double logarithmic chart.
 */
public final class Crossovers {

    private final StudyResult result;
    private final Metric metric;
    private final ChartAxis x;
    private final ChartAxis choice;

    private Crossovers(StudyResult result, Metric metric, ChartAxis x, ChartAxis choice) {
        this.result = result;
        this.metric = metric;
        this.x = x;
        this.choice = choice;
    }

    /**
     * One sentence per group of cells that differ only in the number and the choice; none if the study does not sweep one
     * number and one choice.
     */
    public static List<String> sentences(StudyResult result, Metric metric) {
        List<ChartAxis> swept = result.study().axes().keySet().stream()
                .map(path -> new ChartAxis(path, result.study()))
                .toList();
        Optional<ChartAxis> number = swept.stream().filter(ChartAxis::isNumeric).findFirst();
        Optional<ChartAxis> choice =
                swept.stream().filter(axis -> !axis.isNumeric()).findFirst();
        if (number.isEmpty() || choice.isEmpty() || metric.better() == Better.NEITHER) {
            return List.of();
        }
        return new Crossovers(result, metric, number.get(), choice.get()).sentences();
    }

    private List<String> sentences() {
        Map<String, Map<String, Map<String, Double>>> groups = new LinkedHashMap<>();
        for (CellResult cell : result.feasible()) {
            cell.mean(metric)
                    .ifPresent(value -> groups.computeIfAbsent(group(cell.cell()), g -> new LinkedHashMap<>())
                            .computeIfAbsent(cell.cell().coordinate(x.path()), at -> new LinkedHashMap<>())
                            .put(cell.cell().coordinate(choice.path()), value));
        }
        List<String> sentences = new ArrayList<>();
        groups.forEach((group, values) -> sentence(group, values).ifPresent(sentences::add));
        return sentences;
    }

    private String group(Cell cell) {
        List<String> parts = new ArrayList<>();
        if (result.study().variants().size() > 1) {
            parts.add(cell.coordinate(ChartAxis.VARIANT));
        }
        for (String path : result.study().axes().keySet()) {
            if (!path.equals(x.path()) && !path.equals(choice.path())) {
                parts.add(path + "=" + cell.coordinate(path));
            }
        }
        return parts.isEmpty() ? "" : String.join(", ", parts) + ": ";
    }

    private Optional<String> sentence(String group, Map<String, Map<String, Double>> values) {
        List<String> at = x.values().stream().filter(values::containsKey).toList();
        if (at.size() < 2) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(group);
        String best = best(values.get(at.get(0)));
        text.append(best);
        boolean changed = false;
        for (int i = 1; i < at.size(); i++) {
            String next = best(values.get(at.get(i)));
            if (!next.equals(best)) {
                double place = crossing(at.get(i - 1), at.get(i), values, best, next);
                text.append(" up to ").append(x.format(place)).append(", then ").append(next);
                best = next;
                changed = true;
            }
        }
        return Optional.of(changed ? text.toString() : text + " throughout");
    }

    private String best(Map<String, Double> values) {
        String best = "";
        for (String name : choice.values()) {
            Double value = values.get(name);
            if (value != null && (best.isEmpty() || isBetter(value, values.get(best)))) {
                best = name;
            }
        }
        return best;
    }

    private boolean isBetter(double a, double b) {
        return metric.better() == Better.LOWER ? a < b : a > b;
    }

    private double crossing(String from, String to, Map<String, Map<String, Double>> values, String old, String fresh) {
        double low = x.place(from).orElseThrow();
        double high = x.place(to).orElseThrow();
        double lead = Math.abs(Math.log(ratio(values.get(from), old, fresh)));
        double lag = Math.abs(Math.log(ratio(values.get(to), old, fresh)));
        double share = lead + lag > 0 ? lead / (lead + lag) : 0.5;
        return low * Math.pow(high / low, share);
    }

    /** 1, which is no lead, where one of the two has no value. */
    private static double ratio(Map<String, Double> values, String one, String other) {
        return values.containsKey(one) && values.containsKey(other) ? values.get(one) / values.get(other) : 1;
    }
}
