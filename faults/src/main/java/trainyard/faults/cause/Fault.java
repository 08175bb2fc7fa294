package trainyard.faults.cause;

/**
 * Something that goes wrong.
 *
 * @param nanos when
 * @param cause what
 * @param component which component of the cause's scope
 * @param firstNode the first node struck
 * @param endNode the node behind the last one struck; {@code firstNode} where no node is
 * @param damage what it destroys: that of the cause, or less where this one is transient
 * @param repairNanos time that the repair of each node takes, once a crew has it, or that the store is away; 0 where nothing
 *     has to be repaired
 * @param lastsNanos time after which a slow component is well again by itself; {@link Long#MAX_VALUE} where it never is, 0
 *     where nothing is slow
 * @param mark seed of everything random that follows from it, so that it is the same under every design
 */
public record Fault(
        long nanos,
        FaultCause cause,
        int component,
        int firstNode,
        int endNode,
        Damage damage,
        long repairNanos,
        long lastsNanos,
        long mark) {}
