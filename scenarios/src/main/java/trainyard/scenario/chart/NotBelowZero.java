package trainyard.scenario.chart;

import trainyard.report.figure.Estimate;

/** Intervals of what cannot be below 0: their ends lie evenly around the mean, and are cut where nothing can lie. */
final class NotBelowZero {

    private NotBelowZero() {}

    /** The estimate; one of a value below 0 as it is. */
    static Estimate of(Estimate estimate) {
        return estimate.value() < 0
                ? estimate
                : new Estimate(estimate.value(), Math.max(0, estimate.low()), estimate.high());
    }
}
