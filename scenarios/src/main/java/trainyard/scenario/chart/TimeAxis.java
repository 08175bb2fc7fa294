package trainyard.scenario.chart;

import trainyard.report.figure.Axis;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.DurationUnit;

/**
 * An axis of time in the unit that suits its length.
 *
 * @param unit the unit
 * @param seconds how many seconds that is
 */
record TimeAxis(String unit, double seconds) {

    /** For times up to a number of seconds. */
    static TimeAxis upTo(double mostSeconds) {
        DurationUnit unit = DurationUnit.upTo(mostSeconds);
        return new TimeAxis(unit.symbol(), unit.seconds());
    }

    double of(double inSeconds) {
        return inSeconds / seconds;
    }

    Axis axis() {
        return axis(TimeSeries.Clock.TIME);
    }

    Axis axis(TimeSeries.Clock clock) {
        return switch (clock) {
            case TIME -> Axis.linear("Time", unit);
            case GPU_TIME -> Axis.linear("GPU time", "GPU-" + unit);
            case EPOCHS -> Axis.linear("Epochs", "");
            case UPDATES -> Axis.linear("Updates", "");
        };
    }
}
