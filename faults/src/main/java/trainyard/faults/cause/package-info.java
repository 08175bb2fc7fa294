/**
 * What goes wrong in a cluster, and when. A {@link trainyard.faults.cause.FaultCause} is one kind of fault with its law;
 * a {@link trainyard.faults.cause.FaultTimeline} draws the faults of all causes in the order of time. What a fault does
 * (which node, whether hardware breaks, how long the repair takes) is drawn with it and never depends on what a job does.
 */
package trainyard.faults.cause;
