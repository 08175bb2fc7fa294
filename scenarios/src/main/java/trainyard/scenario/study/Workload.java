package trainyard.scenario.study;

import java.util.List;

/** What a cell simulates. */
public interface Workload {

    /** Runs it. The same workload gives the same outcome, on any thread. */
    Outcome run();

    /** The metrics it may yield, the headline first. */
    List<Metric> metrics();
}
