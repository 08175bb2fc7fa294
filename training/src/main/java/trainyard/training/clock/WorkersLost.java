package trainyard.training.clock;

import java.util.function.IntConsumer;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.random.RandomStreams;

/**
 * Workers that fail at one moment and never return.
 *
 * @param first index of the first of them
 * @param end index behind the last one
 * @param atSeconds when, 0 or later; what else happens at that moment comes after it
 */
public record WorkersLost(int first, int end, double atSeconds) implements Outages {
    private static final int PRIORITY = -10;

    public WorkersLost {
        if (first < 0 || end < first || !(atSeconds >= 0)) {
            throw new IllegalArgumentException("no workers from " + first + " to " + end + " at " + atSeconds + " s");
        }
    }

    @Override
    public void start(Simulation simulation, RandomStreams streams, IntConsumer down, IntConsumer up) {
        int handler = simulation.register((now, argument) -> {
            for (int worker = first; worker < end; worker++) {
                down.accept(worker);
            }
        });
        simulation.schedule(SimTime.nanos(atSeconds), PRIORITY, handler, 0);
    }
}
