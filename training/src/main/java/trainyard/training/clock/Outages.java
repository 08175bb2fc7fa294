package trainyard.training.clock;

import java.util.function.IntConsumer;
import trainyard.sim.engine.Simulation;
import trainyard.sim.random.RandomStreams;

/** When workers fail and return. */
@FunctionalInterface
public interface Outages {

    /** No worker ever fails. */
    Outages NONE = (simulation, streams, down, up) -> {};

    /**
     * Schedules them.
     *
     * @param streams randomness of the run
     * @param down told the worker that fails
     * @param up told the worker that returns, after it failed
     */
    void start(Simulation simulation, RandomStreams streams, IntConsumer down, IntConsumer up);
}
