/** A step event by event: begin with {@link trainyard.parallel.step.replay.StepReplay}. */
package trainyard.parallel.step.replay;
