package trainyard.sim.engine;

/**
 * What happens at an event. One handler usually serves many entities: the argument says which, and their state lies in
 * arrays that the handler owns. Registered with {@link Simulation#register}.
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * Called once when the event's time has come. It may schedule, cancel and reschedule other events, also at the
     * present time.
     *
     * @param nowNanos the time of the event
     * @param argument what was given when the event was scheduled, usually the index of an entity
     */
    void onEvent(long nowNanos, int argument);
}
