package trainyard.scenario.verify.faults;

import java.util.OptionalDouble;

/** Statistics of one trace by the name that tables give them. */
@FunctionalInterface
interface TraceMetrics {

    /** Absent where this kind of trace has no statistic of that name. */
    OptionalDouble value(String metric);
}
