package trainyard.faults.recovery;

/** How long a step takes on a number of nodes. */
@FunctionalInterface
public interface StepTimes {

    /**
     * Time of one step, above 0.
     *
     * @param nodes nodes that the job runs on, from 1 to those that it is made for
     */
    long stepNanos(int nodes);

    /** The same on any number of nodes, for jobs that never run on fewer. */
    static StepTimes constant(long nanos) {
        return nodes -> nanos;
    }
}
