/**
 * Replays a trace of nodes that come and go against measured throughput by number of nodes, without the event engine: for
 * policies whose loss per change is known. {@link trainyard.faults.replay.TemplateReplay} is that of Oobleck.
 */
package trainyard.faults.replay;
