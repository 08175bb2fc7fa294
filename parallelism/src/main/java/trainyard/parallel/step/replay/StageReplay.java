package trainyard.parallel.step.replay;

import java.util.List;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.step.cost.TimeState;

/** What one pipeline stage of one class of replicas is at during the replay: which inputs have come, how far its program is, how time was spent. */
final class StageReplay {

    private final List<Pass> program;
    private final int microBatches;
    private final boolean[][] inputs;
    private final int[] gradientsLeft;
    private final boolean[] entered;
    private final Bookings booked = new Bookings();
    private int next;
    private boolean busy;
    private boolean started;
    private long start;
    private long freeSince;

    StageReplay(List<Pass> program, int chunks, int microBatches) {
        this.program = program;
        this.microBatches = microBatches;
        this.inputs = new boolean[Input.values().length][chunks * microBatches];
        this.gradientsLeft = new int[chunks];
        this.entered = new boolean[chunks];
        for (Pass pass : program) {
            gradientsLeft[pass.chunk()] += pass.kind().addsGradients() ? 1 : 0;
        }
    }

    /** What a pass waits for. */
    enum Input {
        /** The activations that enter the chunk. */
        ACTIVATIONS,
        /** The gradient of what leaves the chunk. */
        GRADIENT,
        /** The end of the stage's own input-gradient pass. */
        OWN_GRADIENT;

        static Input of(Pass.Kind kind) {
            return switch (kind) {
                case FORWARD -> ACTIVATIONS;
                case BACKWARD, INPUT_BACKWARD -> GRADIENT;
                case WEIGHT -> OWN_GRADIENT;
            };
        }
    }

    void receive(Input input, int chunk, int microBatch) {
        inputs[input.ordinal()][chunk * microBatches + microBatch] = true;
    }

    /** Whether the next pass may start: the stage is free and the pass's input has come. */
    boolean ready() {
        return !busy && !finished() && inputs[Input.of(current().kind()).ordinal()][index(current())];
    }

    Pass current() {
        return program.get(next);
    }

    boolean finished() {
        return next == program.size();
    }

    /** Takes the compute stream; the time since it was free was a bubble. */
    void start(long now) {
        busy = true;
        if (!started) {
            started = true;
            start = now;
        }
        book(TimeState.BUBBLE, now - freeSince);
    }

    /** When the first pass started. */
    long startNanos() {
        return start;
    }

    /** Releases the compute stream and moves on in the program. */
    Pass complete(long now) {
        busy = false;
        freeSince = now;
        Pass done = current();
        next++;
        if (done.kind() == Pass.Kind.INPUT_BACKWARD) {
            receive(Input.OWN_GRADIENT, done.chunk(), done.microBatch());
        }
        gradientsLeft[done.chunk()] -= done.kind().addsGradients() ? 1 : 0;
        entered[done.chunk()] = true;
        return done;
    }

    /** Whether the pass is the first of its chunk. */
    boolean isFirst(Pass pass) {
        return !entered[pass.chunk()];
    }

    /** Whether the pass is the last of its chunk that adds to the gradients of the weights. */
    boolean completesGradients(Pass pass) {
        return pass.kind().addsGradients() && gradientsLeft[pass.chunk()] == 1;
    }

    /** When the last pass was done. */
    long doneNanos() {
        return freeSince;
    }

    void book(TimeState state, long nanos) {
        booked.book(state, nanos);
    }

    Bookings bookings() {
        return booked;
    }

    private int index(Pass pass) {
        return pass.chunk() * microBatches + pass.microBatch();
    }
}
