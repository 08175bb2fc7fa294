package trainyard.parallel.step.analytic;

import java.util.Arrays;
import java.util.List;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.schedule.PipelineProgram;

/**
 * The passes of all stages in one row, each behind the two passes that it waits for, whatever they take: the one before it
 * on its stage, and the one of another stage that yields its input. Both are told by how many places they lie before it; a
 * pass that waits for nothing is told the place before the row, the start of the step. Written for programs whose backward
 * passes are whole.
 */
final class PassSequence {

    private final PassSlots numbers;
    private final int[] slots;
    private final int[] before;
    private final int[] feeders;
    private final int[] last;
    private final List<PassLoop> loops;

    private PassSequence(Writer writer) {
        this.numbers = writer.numbers;
        this.slots = writer.slots;
        this.before = writer.before;
        this.feeders = writer.feeders;
        this.last = writer.last;
        this.loops = new LoopSearch(numbers, slots, before, feeders).loops();
    }

    /**
     * @throws IllegalStateException if the program waits for a pass that nobody runs before
     */
    static PassSequence of(PipelineProgram program) {
        Writer writer = new Writer(new PassSlots(program.shape(), program.route()), program.stages());
        writer.write();
        return new PassSequence(writer);
    }

    /** Numbers of the slots. */
    PassSlots numbers() {
        return numbers;
    }

    /** Slot of each pass. Not to be changed. */
    int[] slots() {
        return slots;
    }

    /** How many places back the pass before it on its stage lies. Not to be changed. */
    int[] before() {
        return before;
    }

    /**
     * How many places back the pass lies whose result comes from another stage; the one before on its own stage where none
     * does. Not to be changed.
     */
    int[] feeders() {
        return feeders;
    }

    /** Place of the last pass of a slot. */
    int last(int slot) {
        return last[slot];
    }

    /** What further micro-batches repeat, in the order of the row; nothing where the row is too short to tell. */
    List<PassLoop> loops() {
        return loops;
    }

    /** Runs one pass of each stage in turn, where its input is there, so that the order of the row becomes periodic. */
    private static final class Writer {

        private static final int NOWHERE = -1;

        private final PassSlots numbers;
        private final List<List<Pass>> stages;
        private final int microBatches;
        private final int[] slots;
        private final int[] before;
        private final int[] feeders;
        private final int[] last;
        private final int[] places;
        private final int[] seen;
        private final int[] next;
        private final int[] lastOfStage;
        private int written;

        Writer(PassSlots numbers, List<List<Pass>> stages) {
            int passes = stages.stream().mapToInt(List::size).sum();
            this.numbers = numbers;
            this.stages = stages;
            this.microBatches = numbers.shape().microBatches();
            this.slots = new int[passes];
            this.before = new int[passes];
            this.feeders = new int[passes];
            this.last = new int[numbers.count()];
            this.places = new int[numbers.regular() * microBatches];
            this.seen = new int[numbers.regular()];
            this.next = new int[stages.size()];
            this.lastOfStage = new int[stages.size()];
        }

        void write() {
            Arrays.fill(places, NOWHERE);
            Arrays.fill(lastOfStage, NOWHERE);
            int start = NOWHERE;
            while (written > start) {
                start = written;
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
            if (next[stage] == passes.size()) {
                return;
            }
            Pass pass = passes.get(next[stage]);
            int slot = numbers.slot(stage, pass.kind() == Pass.Kind.BACKWARD, pass.chunk());
            int from = numbers.feeder(slot);
            int feeder = from == PassSlots.NOBODY ? NOWHERE : places[from * microBatches + pass.microBatch()];
            if (from != PassSlots.NOBODY && feeder == NOWHERE) {
                return;
            }
            append(slot, pass.microBatch(), numbers.sender(slot) == stage ? lastOfStage[stage] : feeder);
        }

        private void append(int slot, int microBatch, int feeder) {
            int stage = numbers.stage(slot);
            seen[slot]++;
            boolean once = numbers.backward(slot) ? seen[slot] == microBatches : microBatch == 0;
            int own = once ? numbers.once(slot) : slot;
            slots[written] = own;
            feeders[written] = written - feeder;
            before[written] = written - (lastOfStage[stage] == NOWHERE ? feeder : lastOfStage[stage]);
            places[slot * microBatches + microBatch] = written;
            last[own] = written;
            lastOfStage[stage] = written;
            next[stage]++;
            written++;
        }
    }
}
