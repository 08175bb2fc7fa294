package trainyard.parallel.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One stage of a schedule in the making: its passes so far, when they end, and what it holds in memory. */
final class DraftStage {

    /** Rounding of sums of shares of one micro-batch. */
    private static final double TOLERANCE = 1e-9;

    private final PassEstimates estimates;
    private final double limit;
    private final List<Pass> passes = new ArrayList<>();
    private final Deque<Pass> waiting = new ArrayDeque<>();
    private double start;
    private double free;
    private double held;
    private double bubble;

    /**
     * @param limit activations of micro-batches in one chunk that the stage may hold
     */
    DraftStage(PassEstimates estimates, double limit) {
        this.estimates = estimates;
        this.limit = limit;
    }

    /** Puts a forward or input-gradient pass whose input arrives at the given time; returns when it ends. */
    double put(Pass pass, double arrival) {
        double begin = Math.max(free, arrival);
        if (passes.isEmpty()) {
            start = begin;
        } else {
            bubble += begin - free;
        }
        boolean forward = pass.kind() == Pass.Kind.FORWARD;
        free = begin + (forward ? estimates.forward() : estimates.inputBackward());
        held += forward ? 1 : estimates.keptForWeight() - 1;
        passes.add(pass);
        if (!forward) {
            waiting.add(Pass.weight(pass.microBatch(), pass.chunk()));
        }
        return free;
    }

    /** Lets the stage be idle until then. */
    void idleUntil(double time) {
        if (time > free) {
            bubble += passes.isEmpty() ? 0 : time - free;
            free = time;
        }
    }

    /** Computes the oldest weight gradient that waits. */
    void putWeight() {
        passes.add(waiting.remove());
        free += estimates.weight();
        held -= estimates.keptForWeight();
    }

    void putAllWeights() {
        while (weightsWait()) {
            putWeight();
        }
    }

    /** Computes weight gradients until another micro-batch fits, as far as there are any. */
    void makeRoom() {
        while (!fits(1) && weightsWait()) {
            putWeight();
        }
    }

    /**
     * Computes weight gradients while waiting for an input.
     *
     * @param arrival when the input comes
     * @param tolerated a gap too short for a weight gradient stays idle unless it is longer than this
     */
    void fillUntil(double arrival, double tolerated) {
        while (weightsWait() && free + estimates.weight() <= arrival) {
            putWeight();
        }
        if (weightsWait() && arrival - free > Math.max(0, tolerated)) {
            putWeight();
        }
    }

    boolean weightsWait() {
        return !waiting.isEmpty();
    }

    /** Whether so many further micro-batches fit into memory. */
    boolean fits(int more) {
        return held + more <= limit + TOLERANCE;
    }

    /** Time of the weight gradients that must be computed before another micro-batch fits. */
    double secondsToMakeRoom() {
        double excess = held + 1 - limit - TOLERANCE;
        double each = estimates.keptForWeight();
        double count = excess <= 0 || each == 0 ? 0 : Math.min(waiting.size(), Math.ceil(excess / each));
        return count * estimates.weight();
    }

    double free() {
        return free;
    }

    /** Idle time since the first pass. */
    double bubble() {
        return bubble;
    }

    /** Time from the start of the first to the end of the last pass. */
    double duration() {
        return free - start;
    }

    List<Pass> passes() {
        return passes;
    }
}
