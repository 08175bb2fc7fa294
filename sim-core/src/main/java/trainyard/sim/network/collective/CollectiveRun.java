package trainyard.sim.network.collective;

import trainyard.sim.collective.Collective;
import trainyard.sim.engine.Simulation;
import trainyard.sim.network.FlowNetwork;

/** One collective from the present moment to the end of its last rank. */
public final class CollectiveRun {

    private static final long RUNNING = -1;

    private final Runnable whenDone;
    private RankProgram program;
    private int ranksLeft;
    private final long startNanos;
    private long endNanos = RUNNING;

    private CollectiveRun(int ranks, long startNanos, Runnable whenDone) {
        this.ranksLeft = ranks;
        this.startNanos = startNanos;
        this.whenDone = whenDone;
    }

    /**
     * Starts a collective on all ranks at once.
     *
     * @param bytes size as {@link Collective} defines it
     * @param gpus GPU of each rank
     * @param whenDone run at the time at which the last rank is done
     * @throws IllegalArgumentException if the algorithm cannot carry out the operation among these GPUs
     */
    public static CollectiveRun start(
            FlowNetwork network,
            CollectiveAlgorithm algorithm,
            Collective operation,
            double bytes,
            int[] gpus,
            Runnable whenDone) {
        if (gpus.length < 2 || !algorithm.supports(operation, network, gpus)) {
            throw new IllegalArgumentException(
                    algorithm.name() + " cannot carry out " + operation + " among these " + gpus.length + " ranks");
        }
        var run = new CollectiveRun(gpus.length, network.simulation().now(), whenDone);
        run.program = algorithm.prepare(network, operation, bytes, gpus, run::onRankDone);
        for (int rank = 0; rank < gpus.length; rank++) {
            run.program.start(rank);
        }
        return run;
    }

    /**
     * Runs a collective alone on a clock of its own until its end.
     *
     * @return its duration in nanoseconds
     */
    public static long nanos(
            FlowNetwork network, CollectiveAlgorithm algorithm, Collective operation, double bytes, int[] gpus) {
        Simulation simulation = network.simulation();
        var run = start(network, algorithm, operation, bytes, gpus, () -> {});
        simulation.run();
        return run.nanos();
    }

    private void onRankDone(long nowNanos, int rank) {
        ranksLeft--;
        if (ranksLeft == 0) {
            endNanos = nowNanos;
            program.close();
            whenDone.run();
        }
    }

    public boolean isDone() {
        return endNanos != RUNNING;
    }

    /**
     * Time from the start to the end of the last rank.
     *
     * @throws IllegalStateException if it has not ended, for want of a route or because the clock was stopped
     */
    public long nanos() {
        if (!isDone()) {
            throw new IllegalStateException(ranksLeft + " ranks of the collective are not done");
        }
        return endNanos - startNanos;
    }
}
