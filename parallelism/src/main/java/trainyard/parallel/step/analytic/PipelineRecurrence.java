package trainyard.parallel.step.analytic;

import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;

/**
 * When the passes of a pipeline run, without an event queue: a pass starts when its stage is free and its input has come,
 *
 * <pre>  start(pass) = max(free(stage), end(pass that feeds it) + message) </pre>
 *
 * a max-plus recurrence (Baccelli et al. 1992, chapter 2) that is solved in one sweep over the passes, a nanosecond or two
 * each. It yields what the replay of the same program yields, apart from the rounding of each duration to a nanosecond.
 */
final class PipelineRecurrence {

    private final PassSequence sequence;
    private final PipelineShape shape;
    private final int[] stages;
    private final double[] seconds;
    private final double[] waits;
    private final double[] holds;
    private final double[] free;
    private final double[] lastStart;

    private PipelineRecurrence(StepTiming timing, PassSequence sequence) {
        this.sequence = sequence;
        this.shape = sequence.shape();
        int slots = sequence.slotCount();
        this.stages = new int[slots];
        this.seconds = new double[slots];
        this.waits = new double[slots];
        this.holds = new double[slots];
        this.free = new double[shape.stages()];
        this.lastStart = new double[slots];
        for (int slot = 0; slot < slots; slot++) {
            stages[slot] = sequence.stage(slot);
            waits[slot] = message(timing, sequence.sender(slot), stages[slot]);
            holds[slot] = timing.messagesBlock() ? message(timing, stages[slot], sequence.receiver(slot)) : 0;
        }
        for (int stage = 0; stage < shape.stages(); stage++) {
            for (int chunk = 0; chunk < shape.chunks(); chunk++) {
                ChunkTiming costs = timing.chunks().get(stage).get(chunk);
                set(
                        sequence.slot(stage, false, chunk),
                        costs.forward().seconds(),
                        costs.first().seconds());
                set(
                        sequence.slot(stage, true, chunk),
                        costs.backward().seconds(),
                        costs.last().seconds());
            }
        }
    }

    private static double message(StepTiming timing, int from, int to) {
        return from == to ? 0 : timing.messages().seconds(from, to);
    }

    private void set(int slot, double each, double once) {
        seconds[slot] = each;
        seconds[sequence.once(slot)] = each + once;
    }

    /**
     * Solves the recurrence.
     *
     * @param ends room for the end of every pass
     */
    static PipelineTimes solve(StepTiming timing, PassSequence sequence, double[] ends) {
        PipelineRecurrence recurrence = new PipelineRecurrence(timing, sequence);
        recurrence.sweep(ends);
        return recurrence.times(ends);
    }

    private void sweep(double[] ends) {
        int[] slots = sequence.slots();
        int[] feeders = sequence.feeders();
        for (int i = 0; i < slots.length; i++) {
            int slot = slots[i];
            int stage = stages[slot];
            int feeder = feeders[i];
            double input = feeder == PassSequence.NOBODY ? 0 : ends[feeder] + waits[slot];
            double start = Math.max(free[stage], input);
            double end = start + seconds[slot];
            lastStart[slot] = start;
            ends[i] = end;
            free[stage] = end + holds[slot];
        }
    }

    private PipelineTimes times(double[] ends) {
        int chunks = shape.chunks();
        double[] warmUpIdle = new double[shape.stages()];
        double[] gradientStart = new double[shape.stages() * chunks];
        double[] gradientEnd = new double[shape.stages() * chunks];
        for (int stage = 0; stage < shape.stages(); stage++) {
            int first = sequence.firstBackward(stage);
            double idle = ends[first] - seconds[sequence.slots()[first]];
            for (int chunk = 0; chunk < chunks; chunk++) {
                int forward = sequence.slot(stage, false, chunk);
                idle -= secondsBeforeBackward(forward) + secondsBeforeBackward(sequence.once(forward));
                int last = sequence.once(sequence.slot(stage, true, chunk));
                gradientStart[stage * chunks + chunk] = lastStart[last];
                gradientEnd[stage * chunks + chunk] = lastStart[last] + seconds[last];
            }
            warmUpIdle[stage] = idle;
        }
        return new PipelineTimes(free, warmUpIdle, gradientStart, gradientEnd);
    }

    private double secondsBeforeBackward(int slot) {
        return sequence.beforeBackward(slot) * (seconds[slot] + holds[slot]);
    }
}
