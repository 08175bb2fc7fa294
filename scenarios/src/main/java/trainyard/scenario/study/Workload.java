package trainyard.scenario.study;

import java.util.List;
import trainyard.parallel.step.Span;

/** What a cell simulates. */
public interface Workload {

    /** Runs it. The same workload gives the same outcome, on any thread. */
    Outcome run();

    /** The bars of its timeline, as {@link trainyard.parallel.step.StepModel#timeline} gives them; empty where it has none. */
    List<Span> timeline();

    /** The metrics it may yield, the headline first. */
    List<Metric> metrics();
}
