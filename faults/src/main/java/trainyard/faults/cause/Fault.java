package trainyard.faults.cause;

/**
 * Something that goes wrong.
 *
 * @param nanos when
 * @param cause what
 * @param firstNode the first node struck
 * @param endNode the node behind the last one struck
 * @param repairNanos time that the repair of each node takes, once a crew has it; 0 where no node is taken
 * @param mark seed of everything random that follows from it, so that it is the same under every design
 */
public record Fault(long nanos, FaultCause cause, int firstNode, int endNode, long repairNanos, long mark) {}
