package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.Ties;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;

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
        Map<String, Map<String, Map<String, CellResult>>> groups = new LinkedHashMap<>();
        for (CellResult cell : result.feasible()) {
            cell.mean(metric)
                    .ifPresent(value -> groups.computeIfAbsent(group(cell.cell()), g -> new LinkedHashMap<>())
                            .computeIfAbsent(cell.cell().coordinate(x.path()), at -> new LinkedHashMap<>())
                            .put(cell.cell().coordinate(choice.path()), cell));
        }
        List<String> sentences = new ArrayList<>();
        groups.forEach((group, cells) -> sentence(group, cells).ifPresent(sentences::add));
        return sentences;
    }

    private String group(Cell cell) {
        List<String> parts = new ArrayList<>();
        if (result.study().variants().size() > 1) {
            parts.add(cell.coordinate(Cell.VARIANT));
        }
        for (String path : result.study().axes().keySet()) {
            if (!path.equals(x.path()) && !path.equals(choice.path())) {
                parts.add(path + "=" + cell.coordinate(path));
            }
        }
        return parts.isEmpty() ? "" : String.join(", ", parts) + ": ";
    }

    private Optional<String> sentence(String group, Map<String, Map<String, CellResult>> cells) {
        List<String> at = x.values().stream().filter(cells::containsKey).toList();
        if (at.size() < 2) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(group);
        List<String> best = best(cells.get(at.get(0)));
        text.append(choice.shortName()).append(' ').append(words(best));
        boolean changed = false;
        for (int i = 1; i < at.size(); i++) {
            List<String> next = best(cells.get(at.get(i)));
            if (!next.equals(best)) {
                String place = next.size() == 1 && best.size() == 1 && !x.isWhole()
                        ? x.format(crossing(at.get(i - 1), at.get(i), cells, best.get(0), next.get(0)))
                        : at.get(i - 1);
                text.append(" up to ")
                        .append(x.shortName())
                        .append(' ')
                        .append(place)
                        .append(", then ")
                        .append(words(next));
                best = next;
                changed = true;
            }
        }
        return Optional.of(changed ? text.toString() : text + " throughout");
    }

    private static String words(List<String> best) {
        return best.size() == 1 ? best.get(0) : Ties.NO_DIFFERENCE + " between " + String.join(" and ", best);
    }

    /** The best choice, and those that the replications cannot tell from it. */
    private List<String> best(Map<String, CellResult> cells) {
        String best = "";
        for (String name : choice.values()) {
            CellResult cell = cells.get(name);
            if (cell != null && (best.isEmpty() || isBetter(value(cell), value(cells.get(best))))) {
                best = name;
            }
        }
        String winner = best;
        List<CellResult> ties = Ties.with(cells.get(winner), List.copyOf(cells.values()), metric);
        return choice.values().stream()
                .filter(name -> name.equals(winner) || ties.contains(cells.get(name)))
                .toList();
    }

    private double value(CellResult cell) {
        return cell.mean(metric).orElseThrow();
    }

    private boolean isBetter(double a, double b) {
        return metric.better() == Better.LOWER ? a < b : a > b;
    }

    private double crossing(
            String from, String to, Map<String, Map<String, CellResult>> cells, String old, String fresh) {
        double low = x.place(from).orElseThrow();
        double high = x.place(to).orElseThrow();
        double lead = Math.abs(Math.log(ratio(cells.get(from), old, fresh)));
        double lag = Math.abs(Math.log(ratio(cells.get(to), old, fresh)));
        double share = lead + lag > 0 ? lead / (lead + lag) : 0.5;
        return low * Math.pow(high / low, share);
    }

    /** 1, which is no lead, where one of the two has no value. */
    private double ratio(Map<String, CellResult> cells, String one, String other) {
        boolean both = cells.containsKey(one) && cells.containsKey(other);
        return both ? value(cells.get(one)) / value(cells.get(other)) : 1;
    }
}
