package trainyard.training.clock;

import java.util.function.IntConsumer;
import trainyard.sim.engine.Simulation;

/** When workers fail and return. */
@FunctionalInterface
public interface Outages {

    /** No worker ever fails. */
    Outages NONE = (simulation, down, up) -> {};

    /**
     * Schedules them.
     *
     * @param down told the worker that fails
     * @param up told the worker that returns, after it failed
     */
    void start(Simulation simulation, IntConsumer down, IntConsumer up);
}
