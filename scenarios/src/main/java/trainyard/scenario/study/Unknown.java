package trainyard.scenario.study;

import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Wording;

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

    /** Whether a cell that can run has no value since replications ended before what the metric measures had happened. */
    public static boolean isOpen(CellResult cell, Metric metric) {
        return cell.isFeasible() && cell.mean(metric).isEmpty() && cell.open(metric) > 0;
    }

    private static String cause(CellResult cell, Metric metric) {
        if (cell.observations(metric).isEmpty()) {
            return metric.needs().isEmpty() ? "no replication has a value" : "needs " + metric.needs();
        }
        String refusal = cell.observations(metric).refusal();
        if (!refusal.isEmpty()) {
            return "no interval, " + refusal;
        }
        long open = cell.open(metric);
        return open == 0
                ? "too few replications for an interval"
                : "not reached within the horizon in " + open + " of "
                        + Wording.counted(cell.outcomes().size(), "replication");
    }
}
