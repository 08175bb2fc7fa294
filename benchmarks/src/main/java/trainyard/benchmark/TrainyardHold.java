package trainyard.benchmark;

import trainyard.sim.engine.EventHandler;
import trainyard.sim.engine.Simulation;

/** The hold model on {@link Simulation}, with the state of the entities in an array. */
final class TrainyardHold implements HoldModel {
    private final Simulation simulation = new Simulation();
    private final Increments increments = new Increments();
    private final long[] visits;
    private final int[] handlers = new int[KINDS];
    private CpuStopwatch stopwatch = new CpuStopwatch(1, 1);

    TrainyardHold(int pending) {
        visits = new long[pending];
        EventHandler[] kinds = {new First(), new Second(), new Third(), new Fourth()};
        for (int kind = 0; kind < KINDS; kind++) {
            handlers[kind] = simulation.register(kinds[kind]);
        }
        for (int entity = 0; entity < pending; entity++) {
            simulation.schedule(increments.nextNanos(), 0, handlers[entity % KINDS], entity);
        }
    }

    @Override
    public void run(CpuStopwatch watch) {
        stopwatch = watch;
        simulation.run();
    }

    @Override
    public long visits() {
        long sum = 0;
        for (long count : visits) {
            sum += count;
        }
        return sum;
    }

    private void succeed(long now, int kind, int entity) {
        simulation.schedule(now + increments.nextNanos(), 0, handlers[kind], entity);
        if (!stopwatch.tick()) {
            simulation.stop();
        }
    }

    private final class First implements EventHandler {
        @Override
        public void onEvent(long nowNanos, int entity) {
            visits[entity] += 1;
            succeed(nowNanos, 0, entity);
        }
    }

    private final class Second implements EventHandler {
        @Override
        public void onEvent(long nowNanos, int entity) {
            visits[entity] += 2;
            succeed(nowNanos, 1, entity);
        }
    }

    private final class Third implements EventHandler {
        @Override
        public void onEvent(long nowNanos, int entity) {
            visits[entity] += 3;
            succeed(nowNanos, 2, entity);
        }
    }

    private final class Fourth implements EventHandler {
        @Override
        public void onEvent(long nowNanos, int entity) {
            visits[entity] += 4;
            succeed(nowNanos, 3, entity);
        }
    }
}
