package trainyard.faults.life.record;

import trainyard.faults.cause.Fault;
import trainyard.faults.life.account.GpuState;

/** Told of what happens to a job while it happens. Its outcome does not depend on who listens. */
public interface LifeListener {

    /** Nobody listens. */
    LifeListener NONE = new LifeListener() {};

    /** A fault strikes the cluster, whether it concerns the job or not; it is told before what follows from it. */
    default void onFault(long nowNanos, Fault fault) {}

    /**
     * An incident begins: a fault stops the job, or one that had not stopped it is found. It is told before the state to which
     * the job goes over.
     */
    default void onIncident(long nowNanos, Fault fault) {}

    /**
     * The job pauses without an incident: its time limit takes its nodes, or it saves its state because they will be taken or
     * will fail. It is told before the state to which the job goes over.
     *
     * @param cause name of the fault that is announced, or {@link LifeRecord#TIME_LIMIT}
     */
    default void onPause(long nowNanos, String cause) {}

    /**
     * The job goes over to another state.
     *
     * @param state what its GPUs do from now on; {@link GpuState#IDLE} when it is done
     * @param steps steps done and not destroyed
     */
    default void onState(long nowNanos, GpuState state, long steps) {}

    /** Whether {@link #onNode} is to be told; always the same answer. */
    default boolean followsNodes() {
        return false;
    }

    /** What a node is to the job from now on; told again where it has not changed. */
    default void onNode(long nowNanos, int node, NodeUse use) {}

    /** The job gets nodes or gives some back; {@code nodes} is how many it has then. */
    default void onNodes(long nowNanos, int nodes) {}
}
