package trainyard.faults.life.record;

import java.util.List;
import trainyard.faults.life.account.GpuState;

/**
 * The story of one job.
 *
 * @param stretches what it did, one after the other from time 0 to its end
 * @param incidents faults and false alarms that stopped it, in their order
 * @param nodes how many nodes it held, from time 0 on
 * @param uses what each node was to the job, in the order of the changes
 * @param endNanos when it was done, or when the observation ended
 */
public record LifeRecord(
        List<Stretch> stretches,
        List<Incident> incidents,
        List<NodeCount> nodes,
        List<NodeChange> uses,
        long endNanos) {

    /** The cause of what follows when the time limit of the job takes its nodes. */
    public static final String TIME_LIMIT = "time limit";

    public LifeRecord {
        stretches = List.copyOf(stretches);
        incidents = List.copyOf(incidents);
        nodes = List.copyOf(nodes);
        uses = List.copyOf(uses);
    }

    /**
     * A time in one state.
     *
     * @param startNanos its start
     * @param endNanos its end, not before the start
     * @param state what the job did; snapshots are part of {@link GpuState#USEFUL} here
     * @param again whether its steps had been done before and were lost
     * @param nodes nodes that it held at the end
     * @param startSteps steps done at the start
     * @param endSteps steps done at the end
     * @param cause name of what made the job stop last: of a fault, or {@link #TIME_LIMIT}; empty before that
     */
    public record Stretch(
            long startNanos,
            long endNanos,
            GpuState state,
            boolean again,
            int nodes,
            long startSteps,
            long endSteps,
            String cause) {

        public long nanos() {
            return endNanos - startNanos;
        }
    }

    /**
     * A fault that stopped the job.
     *
     * @param startNanos when it struck; when it was found where the job had gone on, slow or with a wrong state
     * @param cause name of its cause
     * @param stallNanos time until the job ran again, or until the next incident began while it recovered
     * @param lostSteps finished steps that had to be done again
     */
    public record Incident(long startNanos, String cause, long stallNanos, long lostSteps) {}

    /**
     * How many nodes the job held from a time on.
     *
     * @param fromNanos since when
     * @param nodes how many
     */
    public record NodeCount(long fromNanos, int nodes) {}

    /**
     * A node becomes something else to the job.
     *
     * @param fromNanos since when
     * @param node which node
     * @param use what it is from then on
     */
    public record NodeChange(long fromNanos, int node, NodeUse use) {}
}
