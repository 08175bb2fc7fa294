package trainyard.scenario.verify.faults.simulation;

import java.util.Map;
import trainyard.sim.engine.SimTime;

/** Parameters of a row that is simulated; its identity has already read them, so they are there and are numbers. */
record RowNumbers(Map<String, String> parameters) {

    double value(String key) {
        return Double.parseDouble(parameters.get(key));
    }

    double valueOr(String key, double other) {
        return parameters.containsKey(key) ? value(key) : other;
    }

    int whole(String key) {
        return (int) value(key);
    }

    /** A number of seconds in whole nanoseconds. */
    long nanos(String key) {
        return SimTime.nanos(value(key));
    }
}
