package trainyard.parallel.step;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.schedule.Pass.Direction;

/** What one pipeline stage is at during the replay: which inputs have come, how far its program is, how time was spent. */
final class StageReplay {

    private final List<Pass> program;
    private final int microBatches;
    private final boolean[][] inputs;
    private final int[] backwardLeft;
    private final long[] booked = new long[TimeState.values().length];
    private final Deque<Long> buckets = new ArrayDeque<>();
    private int next;
    private boolean busy;
    private long freeSince;
    private long dataStreamFree;

    StageReplay(List<Pass> program, int chunks, int microBatches) {
        this.program = program;
        this.microBatches = microBatches;
        this.inputs = new boolean[Direction.values().length][chunks * microBatches];
        this.backwardLeft = new int[chunks];
        Arrays.fill(backwardLeft, microBatches);
    }

    void receive(Pass input) {
        inputs[input.direction().ordinal()][index(input)] = true;
    }

    /** Whether the next pass may start: the stage is free and the pass's input has come. */
    boolean ready() {
        return !busy && !finished() && inputs[current().direction().ordinal()][index(current())];
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
        book(TimeState.BUBBLE, now - freeSince);
    }

    /** Releases the compute stream and moves on in the program. */
    Pass complete(long now) {
        busy = false;
        freeSince = now;
        Pass done = current();
        next++;
        if (done.direction() == Direction.BACKWARD) {
            backwardLeft[done.chunk()]--;
        }
        return done;
    }

    /** Whether the pass is the last backward pass of its chunk, after which its gradients are complete. */
    boolean completesGradients(Pass pass) {
        return pass.direction() == Direction.BACKWARD && backwardLeft[pass.chunk()] == 1;
    }

    void expectBucket(long nanos) {
        buckets.add(nanos);
    }

    /** Puts the next bucket on the data stream; returns when its reduction starts. */
    long reduceBucket(long now) {
        long start = Math.max(now, dataStreamFree);
        dataStreamFree = start + buckets.remove();
        return start;
    }

    long dataStreamFree() {
        return dataStreamFree;
    }

    void book(TimeState state, long nanos) {
        booked[state.ordinal()] += nanos;
    }

    Map<TimeState, Long> booked() {
        Map<TimeState, Long> result = new EnumMap<>(TimeState.class);
        for (TimeState state : TimeState.values()) {
            result.put(state, booked[state.ordinal()]);
        }
        return result;
    }

    private int index(Pass pass) {
        return pass.chunk() * microBatches + pass.microBatch();
    }
}
