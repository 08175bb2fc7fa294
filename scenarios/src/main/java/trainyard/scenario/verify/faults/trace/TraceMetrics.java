package trainyard.scenario.verify.faults.trace;

import java.util.OptionalDouble;

/** Statistics of one trace by the name that tables give them. */
@FunctionalInterface
public interface TraceMetrics {

    /** Absent where this kind of trace has no statistic of that name. */
    OptionalDouble value(String metric);
}
