package trainyard.training.clock;

import java.util.function.IntConsumer;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultTimeline;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.random.RandomStreams;

/**
 * Workers that fail with the nodes below them. Worker i is GPU i, and a fault that stops jobs takes all workers of the nodes that
 * it strikes: until the repair is over where the node has to be repaired, and the restart behind it, which includes that
 * parameters are loaded. Every node is repaired at once. Slow parts, silent errors and faults of the store are passed over, and a
 * hang is seen at once.
 *
 * @param faults what goes wrong
 * @param cluster where; its GPUs are those of the workers or more
 * @param workers number of workers
 * @param restartSeconds time from the fault or the end of the repair until a worker is there again, positive
 */
public record FaultOutages(FaultModel faults, ClusterShape cluster, int workers, double restartSeconds)
        implements Outages {
    private static final int PRIORITY = -10;

    public FaultOutages {
        if (workers < 1 || workers > cluster.gpus()) {
            throw new IllegalArgumentException(
                    workers + " workers need a GPU each, and there are " + cluster.gpus() + " GPUs");
        }
        if (!(restartSeconds > 0)) {
            throw new IllegalArgumentException("a restart (" + restartSeconds + " s) must take time");
        }
    }

    @Override
    public void start(Simulation simulation, RandomStreams streams, IntConsumer down, IntConsumer up) {
        new Strikes(simulation, new FaultTimeline(faults, cluster, streams), down, up).next();
    }

    private final class Strikes {
        private final Simulation simulation;
        private final FaultTimeline timeline;
        private final IntConsumer down;
        private final IntConsumer up;
        private final int strikeHandler;
        private final int returnHandler;
        private final long[] backAtNanos = new long[cluster.nodes()];

        Strikes(Simulation simulation, FaultTimeline timeline, IntConsumer down, IntConsumer up) {
            this.simulation = simulation;
            this.timeline = timeline;
            this.down = down;
            this.up = up;
            strikeHandler = simulation.register((now, argument) -> strike(now));
            returnHandler = simulation.register(this::comeBack);
        }

        void next() {
            if (timeline.nextNanos() < Long.MAX_VALUE) {
                simulation.schedule(timeline.nextNanos(), PRIORITY, strikeHandler, 0);
            }
        }

        private void strike(long now) {
            Fault fault = timeline.take();
            if (fault.cause().stopsJob()) {
                long repair = fault.damage().takesNode() ? fault.repairNanos() : 0;
                long backAt = now + repair + SimTime.nanos(restartSeconds);
                for (int node = fault.firstNode(); node < fault.endNode(); node++) {
                    take(node, backAt);
                }
            }
            next();
        }

        private void take(int node, long backAt) {
            forWorkers(node, down);
            if (backAt > backAtNanos[node]) {
                backAtNanos[node] = backAt;
                simulation.schedule(backAt, PRIORITY, returnHandler, node);
            }
        }

        private void comeBack(long now, int node) {
            if (backAtNanos[node] == now) {
                forWorkers(node, up);
            }
        }

        private void forWorkers(int node, IntConsumer told) {
            int first = node * cluster.gpusPerNode();
            for (int worker = first; worker < Math.min(workers, first + cluster.gpusPerNode()); worker++) {
                told.accept(worker);
            }
        }
    }
}
