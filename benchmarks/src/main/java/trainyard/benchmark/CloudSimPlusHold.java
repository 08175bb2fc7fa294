package trainyard.benchmark;

import org.cloudsimplus.core.CloudSimEntity;
import org.cloudsimplus.core.CloudSimPlus;
import org.cloudsimplus.core.events.SimEvent;

/**
 * The hold model on CloudSim Plus: one entity that sends every event to itself, its fastest form. Time is in seconds as
 * {@code double}; the least time between events, which it asks for, is far below the delays.
 */
final class CloudSimPlusHold implements HoldModel {
    private static final double LEAST_SECONDS = 1e-12;
    private static final double NANOS_PER_SECOND = 1e9;

    private final CloudSimPlus simulation = new CloudSimPlus(LEAST_SECONDS);
    private final Increments increments = new Increments();
    private final long[] visits;
    private CpuStopwatch stopwatch = new CpuStopwatch(1, 1);

    CloudSimPlusHold(int pending) {
        visits = new long[pending];
        new Entity();
    }

    @Override
    public void run(CpuStopwatch watch) {
        stopwatch = watch;
        simulation.start();
    }

    @Override
    public long visits() {
        long sum = 0;
        for (long count : visits) {
            sum += count;
        }
        return sum;
    }

    private final class Entity extends CloudSimEntity {
        Entity() {
            super(simulation);
        }

        @Override
        protected void startInternal() {
            for (int entity = 0; entity < visits.length; entity++) {
                schedule(delaySeconds(), entity);
            }
        }

        @Override
        public void processEvent(SimEvent event) {
            int entity = event.getTag();
            visits[entity] += entity % KINDS + 1;
            schedule(delaySeconds(), entity);
            if (!stopwatch.tick()) {
                simulation.abort();
            }
        }

        private double delaySeconds() {
            return increments.nextNanos() / NANOS_PER_SECOND;
        }
    }
}
