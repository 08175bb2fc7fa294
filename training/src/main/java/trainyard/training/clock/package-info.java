/**
 * Workers on the virtual clock: how long a gradient takes ({@link trainyard.training.clock.ComputeLaw}), which worker computes
 * what ({@link trainyard.training.clock.GradientWork}, {@link trainyard.training.clock.Workers}), and code that runs at a time ({@link
 * trainyard.training.clock.Alarms}). The clock decides what is read, pushed and applied when; numbers of a problem never move it.
 */
package trainyard.training.clock;
