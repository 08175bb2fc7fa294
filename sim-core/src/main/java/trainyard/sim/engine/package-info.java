/**
 * The discrete-event engine. Create a {@link trainyard.sim.engine.Simulation}, register
 * {@link trainyard.sim.engine.EventHandler}s, schedule events at a time in nanoseconds and run. Events happen in the
 * order (time, priority, sequence of scheduling), so a run is a pure function of what was scheduled.
 * {@link trainyard.sim.engine.SimTime} is the one place where seconds become nanoseconds. The package-private classes
 * hold the pending events: a heap for the nearest ones and, where there are many, a ring of time buckets for the rest.
 */
package trainyard.sim.engine;
