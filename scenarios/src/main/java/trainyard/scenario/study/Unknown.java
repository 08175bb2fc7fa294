package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Statistic;
import trainyard.scenario.workload.metric.Wording;

/** Says why a metric of a cell has no value. */
public final class Unknown {

    private Unknown() {}

    /** The reason in a few words, such as {@code UNKNOWN: needs cost.price}. */
    public static String reason(CellResult cell, Metric metric) {
        if (!cell.isFinished()) {
            return "not run";
        }
        if (!cell.isFeasible()) {
            return "no value: the cell cannot run";
        }
        return "UNKNOWN: " + cause(cell, metric);
    }

    /**
     * Which of some cells have no value of one of some metrics, and why, as a sentence; empty where all have one of each.
     *
     * @param lead what that means for them, such as {@code Not shown}
     */
    public static String missing(String lead, Collection<CellResult> cells, List<Metric> metrics) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (CellResult cell : cells) {
            metrics.stream()
                    .filter(metric -> !cell.isFeasible() || cell.mean(metric).isEmpty())
                    .findFirst()
                    .ifPresent(metric -> names.computeIfAbsent(
                                    (cell.isFeasible() ? metric.words() + " " : "") + reason(cell, metric),
                                    why -> new ArrayList<>())
                            .add(cell.cell().label()));
        }
        return names.isEmpty()
                ? ""
                : names.entrySet().stream()
                        .map(of -> Ties.names(of.getValue()) + " (" + of.getKey() + ")")
                        .collect(Collectors.joining("; ", lead + ": ", "."));
    }

    /** Whether a cell that can run has no value since replications ended before what the metric measures had happened. */
    public static boolean isOpen(CellResult cell, Metric metric) {
        return cell.isFeasible() && cell.mean(metric).isEmpty() && cell.open(metric) > 0;
    }

    private static String cause(CellResult cell, Metric metric) {
        if (cell.observations(metric).isEmpty()) {
            return cell.lacks(metric)
                    .orElse(metric.needs().isEmpty() ? "no replication has a value" : "needs " + metric.needs());
        }
        String refusal = cell.observations(metric).refusal();
        if (!refusal.isEmpty()) {
            return "no interval, " + refusal;
        }
        long open = cell.open(metric);
        boolean spread = metric.statistic()
                .filter(statistic -> statistic.part() == Statistic.Part.SPREAD)
                .isPresent();
        return open == 0
                ? "too few replications for " + (spread ? "a spread" : "an interval")
                : "not reached within the horizon in " + open + " of "
                        + Wording.counted(cell.outcomes().size(), "replication");
    }
}
