/**
 * The discrete-event engine. Create a {@link trainyard.sim.engine.Simulation}, register
 * {@link trainyard.sim.engine.EventHandler}s, schedule events at a time in nanoseconds and run. Events happen in the
 * order (time, priority, sequence of scheduling), so a run is a pure function of what was scheduled.
 * {@link trainyard.sim.engine.SimTime} is the one place where seconds become nanoseconds.
 *
 * <p>Models with a life of their own (a machine that fails and is repaired, a job that queues and runs) are easier to
 * read as an {@link trainyard.sim.engine.Activity} on a {@link trainyard.sim.engine.Timeline}: it waits for a duration or
 * a {@link trainyard.sim.engine.Resource}, and goes on with the step it named.
 * Models with millions of events use the simulation directly.
 *
 * <p>A queue with one server, whole (a test holds it against {@code L = rho / (1 - rho)}):
 *
 * <pre>{@code
 * final class Customers {
 *     private final Activity arrivals = new Activity(timeline, 0);
 *     private final Resource server = new Resource(1);
 *
 *     void start()               { arrivals.hold(gap.sample(), this::arrive); }
 *     void arrive(long now)      { inSystem.change(now, 1);
 *                                  Activity customer = new Activity(timeline, 0);
 *                                  customer.acquire(server, 1, t -> customer.hold(service.sample(), this::depart));
 *                                  start(); }
 *     void depart(long now)      { inSystem.change(now, -1);
 *                                  server.release(1); }
 * }
 * }</pre>
 *
 * <p>The package-private classes hold the pending events: a heap for the nearest ones and, where there are many, a ring
 * of time buckets for the rest.
 */
package trainyard.sim.engine;
