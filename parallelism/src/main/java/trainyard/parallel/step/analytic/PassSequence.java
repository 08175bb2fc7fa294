package trainyard.parallel.step.analytic;

import java.util.Arrays;
import java.util.List;
import trainyard.parallel.schedule.ChunkRoute;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.PipelineShape;

/**
 * The passes of all stages in one row, each behind the passes that it waits for, whatever they take. Written for programs
 * whose backward passes are whole. A slot is one direction of one chunk of one stage, numbered {@code (stage x 2 +
 * direction) x chunks + chunk} with direction 0 for forward and 1 for backward. The first forward pass of a chunk and the
 * backward pass that completes its gradients may take longer than the others, so they have slots of their own, numbered
 * behind all others.
 */
final class PassSequence {

    /** The first forward pass of a micro-batch waits for nothing. */
    static final int NOBODY = -1;

    private final PipelineShape shape;
    private final ChunkRoute route;
    private final int[] slots;
    private final int[] feeders;
    private final int[] firstBackward;
    private final int[] beforeBackward;
    private final int regular;

    private PassSequence(PipelineProgram program, int passes) {
        this.shape = program.shape();
        this.route = program.route();
        this.slots = new int[passes];
        this.feeders = new int[passes];
        this.firstBackward = new int[shape.stages()];
        this.beforeBackward = new int[slotCount()];
        this.regular = slotCount() / 2;
    }

    /**
     * @throws IllegalStateException if the program waits for a pass that nobody runs before
     */
    static PassSequence of(PipelineProgram program) {
        int passes = program.stages().stream().mapToInt(List::size).sum();
        PassSequence sequence = new PassSequence(program, passes);
        sequence.new Writer().write(program.stages());
        return sequence;
    }

    /** Slots of both kinds. */
    int slotCount() {
        return 2 * shape.stages() * 2 * shape.chunks();
    }

    /** The slot of the pass of a slot that runs once. */
    int once(int slot) {
        return slot + regular;
    }

    int slot(int stage, boolean backward, int chunk) {
        return (stage * 2 + (backward ? 1 : 0)) * shape.chunks() + chunk;
    }

    int stage(int slot) {
        return slot % regular / (2 * shape.chunks());
    }

    PipelineShape shape() {
        return shape;
    }

    /** Slot of each pass. Not to be changed. */
    int[] slots() {
        return slots;
    }

    /** Place in the row of the pass whose result each pass waits for, or {@link #NOBODY}. Not to be changed. */
    int[] feeders() {
        return feeders;
    }

    /** Place in the row of a stage's first backward pass. */
    int firstBackward(int stage) {
        return firstBackward[stage];
    }

    /** Passes of a slot before the first backward pass of its stage. */
    int beforeBackward(int slot) {
        return beforeBackward[slot];
    }

    /** The stage that yields what a slot waits for; its own where nobody else does. */
    int sender(int slot) {
        int from = feedingSlot(slot);
        return from == NOBODY ? stage(slot) : stage(from);
    }

    /** The stage that waits for what a slot yields; its own where nobody else does. */
    int receiver(int slot) {
        int own = routeSlot(slot);
        int to = backward(slot) ? route.previous(own) : route.next(own);
        return to == ChunkRoute.END ? stage(slot) : route.stage(to);
    }

    private boolean backward(int slot) {
        return slot / shape.chunks() % 2 == 1;
    }

    private int routeSlot(int slot) {
        return route.slot(stage(slot), slot % shape.chunks());
    }

    private int feedingSlot(int slot) {
        int own = routeSlot(slot);
        if (!backward(slot)) {
            int from = route.previous(own);
            return from == ChunkRoute.END ? NOBODY : slot(route.stage(from), false, route.chunk(from));
        }
        int from = route.next(own);
        return from == ChunkRoute.END ? slot - shape.chunks() : slot(route.stage(from), true, route.chunk(from));
    }

    /** Runs whichever stage can go on until none can. */
    private final class Writer {

        private final int[] places = new int[regular * shape.microBatches()];
        private final int[] seen = new int[regular];
        private final int[] next = new int[shape.stages()];
        private int written;

        void write(List<List<Pass>> stages) {
            Arrays.fill(places, NOBODY);
            Arrays.fill(firstBackward, NOBODY);
            int before = NOBODY;
            while (written > before) {
                before = written;
                for (int stage = 0; stage < stages.size(); stage++) {
                    advance(stage, stages.get(stage));
                }
            }
            for (int stage = 0; stage < stages.size(); stage++) {
                if (next[stage] < stages.get(stage).size()) {
                    throw new IllegalStateException("the pipeline schedule deadlocks at stage " + stage);
                }
            }
        }

        private void advance(int stage, List<Pass> passes) {
            while (next[stage] < passes.size()) {
                Pass pass = passes.get(next[stage]);
                int slot = slot(stage, pass.kind() == Pass.Kind.BACKWARD, pass.chunk());
                int from = feedingSlot(slot);
                int feeder = from == NOBODY ? NOBODY : places[from * shape.microBatches() + pass.microBatch()];
                if (from != NOBODY && feeder == NOBODY) {
                    return;
                }
                next[stage]++;
                append(slot, pass.microBatch(), feeder);
            }
        }

        private void append(int slot, int microBatch, int feeder) {
            int stage = stage(slot);
            if (firstBackward[stage] == NOBODY && backward(slot)) {
                firstBackward[stage] = written;
            }
            places[slot * shape.microBatches() + microBatch] = written;
            seen[slot]++;
            boolean once = backward(slot) ? seen[slot] == shape.microBatches() : microBatch == 0;
            int own = once ? once(slot) : slot;
            beforeBackward[own] += firstBackward[stage] == NOBODY ? 1 : 0;
            slots[written] = own;
            feeders[written] = feeder;
            written++;
        }
    }
}
