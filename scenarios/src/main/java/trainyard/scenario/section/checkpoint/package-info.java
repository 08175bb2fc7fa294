/**
 * When a job saves its state and to which tiers. {@link trainyard.scenario.section.checkpoint.CheckpointSection} is
 * {@code life.checkpoint}.
 */
package trainyard.scenario.section.checkpoint;
