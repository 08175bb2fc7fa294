package trainyard.parallel.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A greedy order over a V of two chunks per stage. Whenever a stage is free it runs, of the passes whose inputs have come,
 * an input gradient before a forward and the further one in a micro-batch's way first; else a weight gradient. How many
 * micro-batches each chunk may hold is that of the repeated block of Qi et al. 2024b, section 3.
 */
final class VOrder {

    private static final int CHUNKS = 2;

    private final PassEstimates times;
    private final double patience;
    private final VMemory memory;
    private final int microBatches;
    private final ChunkRoute route;
    private final DraftStage[] stages;
    private final double[] wake;
    private final int[] forwards;
    private final int[] gradients;
    private final double[][] forwardEnd;
    private final double[][] gradientEnd;

    private VOrder(PipelineShape shape, PassEstimates times, VMemory memory, double patience) {
        this.times = times;
        this.patience = patience;
        this.memory = memory;
        this.microBatches = shape.microBatches();
        this.route = new ChunkRoute(ChunkPlacement.V, shape.stages(), CHUNKS);
        this.stages = new DraftStage[shape.stages()];
        Arrays.setAll(stages, i -> new DraftStage(times, memory.first(i, stages.length) + memory.second(i)));
        this.wake = new double[stages.length];
        this.forwards = new int[route.slots()];
        this.gradients = new int[route.slots()];
        this.forwardEnd = unknown();
        this.gradientEnd = unknown();
    }

    private double[][] unknown() {
        double[][] ends = new double[route.slots()][microBatches];
        for (double[] slot : ends) {
            Arrays.fill(slot, Double.POSITIVE_INFINITY);
        }
        return ends;
    }

    /** The best order of a few that differ in how long a stage waits for an input rather than compute weights. */
    static List<List<Pass>> best(PipelineShape shape, PassEstimates times, VMemory memory) {
        VOrder best = null;
        for (double patience : new double[] {0, 0.25, 0.5, 1}) {
            VOrder order = new VOrder(shape, times, memory, patience * times.weight());
            order.run();
            if (best == null || order.duration() < best.duration()) {
                best = order;
            }
        }
        return Arrays.stream(best.stages).map(DraftStage::passes).toList();
    }

    private double duration() {
        return Arrays.stream(stages).mapToDouble(DraftStage::duration).max().orElseThrow();
    }

    private void run() {
        for (int stage = earliest(); wake[stage] < Double.POSITIVE_INFINITY; stage = earliest()) {
            double now = wake[stage];
            List<Pass> candidates = candidates(stage);
            Pass ready = first(candidates, stage, now);
            if (ready != null) {
                put(ready, stage);
            } else if (mayComputeWeights(stage, now, nextArrival(candidates, stage))) {
                stages[stage].idleUntil(now);
                stages[stage].putWeight();
                wake[stage] = stages[stage].free();
            } else {
                wake[stage] = Math.max(stages[stage].free(), nextArrival(candidates, stage));
            }
        }
    }

    private int earliest() {
        int earliest = 0;
        for (int i = 1; i < wake.length; i++) {
            earliest = wake[i] < wake[earliest] ? i : earliest;
        }
        return earliest;
    }

    /** The next pass of each kind and chunk that memory admits, most urgent first. */
    private List<Pass> candidates(int stage) {
        List<Pass> candidates = new ArrayList<>(2 * CHUNKS);
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            int next = gradients[route.slot(stage, chunk)];
            if (next < forwards[route.slot(stage, chunk)]) {
                candidates.add(Pass.inputBackward(next, chunk));
            }
        }
        for (int chunk = CHUNKS - 1; chunk >= 0; chunk--) {
            int slot = route.slot(stage, chunk);
            int most = chunk == 0 ? memory.first(stage, stages.length) : memory.second(stage);
            boolean admitted = forwards[slot] - gradients[slot] < most && stages[stage].fits(1);
            if (forwards[slot] < microBatches && admitted) {
                candidates.add(Pass.forward(forwards[slot], chunk));
            }
        }
        return candidates;
    }

    private Pass first(List<Pass> candidates, int stage, double now) {
        for (Pass pass : candidates) {
            if (arrival(pass, stage) <= now) {
                return pass;
            }
        }
        return null;
    }

    private double nextArrival(List<Pass> candidates, int stage) {
        double earliest = Double.POSITIVE_INFINITY;
        for (Pass pass : candidates) {
            earliest = Math.min(earliest, arrival(pass, stage));
        }
        return earliest;
    }

    private boolean mayComputeWeights(int stage, double now, double nextArrival) {
        return stages[stage].weightsWait() && nextArrival - now > patience;
    }

    /** When a pass's input is there; infinite while that is not known. */
    private double arrival(Pass pass, int stage) {
        int slot = route.slot(stage, pass.chunk());
        boolean forward = pass.kind() == Pass.Kind.FORWARD;
        int from = forward ? route.previous(slot) : route.next(slot);
        if (from == ChunkRoute.END) {
            return forward ? 0 : forwardEnd[slot][pass.microBatch()];
        }
        double end = (forward ? forwardEnd : gradientEnd)[from][pass.microBatch()];
        return end + (route.stage(from) == stage ? 0 : times.message());
    }

    private void put(Pass pass, int stage) {
        int slot = route.slot(stage, pass.chunk());
        boolean forward = pass.kind() == Pass.Kind.FORWARD;
        double end = stages[stage].put(pass, wake[stage]);
        (forward ? forwardEnd : gradientEnd)[slot][pass.microBatch()] = end;
        (forward ? forwards : gradients)[slot]++;
        wake[stage] = end;
        int target = forward ? route.next(slot) : route.previous(slot);
        if (target != ChunkRoute.END && route.stage(target) != stage) {
            int taker = route.stage(target);
            wake[taker] = Math.max(stages[taker].free(), Math.min(wake[taker], end + times.message()));
        }
    }
}
