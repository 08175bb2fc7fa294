package trainyard.faults.recovery;

import java.util.List;

/** How long a step takes on a number of nodes. */
@FunctionalInterface
public interface StepTimes {

    /**
     * Time of one step, above 0.
     *
     * @param nodes nodes that the job runs on, from 1 to those that it is made for
     */
    long stepNanos(int nodes);

    /**
     * How many times as long a step takes while some parts are slow, at least 1.
     *
     * @param slow at least one part
     * @throws UnsupportedOperationException where nothing is known of slow parts
     */
    default double stretch(List<SlowPart> slow) {
        throw new UnsupportedOperationException("it is not known what a step takes with " + slow);
    }

    /**
     * Whether they were measured with the recovery policy at work, so that its redundancy and what becomes of its pipelines on
     * fewer nodes are in them.
     */
    default boolean includeRecovery() {
        return false;
    }

    /** The same on any number of nodes, for jobs that never run on fewer. */
    static StepTimes constant(long nanos) {
        return nodes -> nanos;
    }
}
