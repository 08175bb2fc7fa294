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
 * each; of what repeats itself, only until its growth is known. It yields what the replay of the same program yields, apart
 * from the rounding of each duration to a nanosecond.
 *
 * <p>A pass is over when its stage is free. Where messages hold the stage up, that is when its result has arrived, and who
 * waits for it waits no longer. Where it completes the gradients of its chunk and its stage waits for their sums, its result
 * has left before them, so who waits for it waits so much less.
 */
final class PipelineRecurrence {

    private final PassSequence sequence;
    private final PassSlots numbers;
    private final PipelineShape shape;
    private final PassEnds ends;
    private final double[] seconds;
    private final double[] waits;
    private final double[] holds;

    private PipelineRecurrence(StepTiming timing, PassSequence sequence, PassEnds ends) {
        this.sequence = sequence;
        this.numbers = sequence.numbers();
        this.shape = numbers.shape();
        this.ends = ends;
        int slots = numbers.count();
        this.seconds = new double[slots];
        this.waits = new double[slots];
        this.holds = new double[slots];
        for (int slot = 0; slot < slots; slot++) {
            int stage = numbers.stage(slot);
            if (timing.messagesBlock()) {
                holds[slot] = message(timing, stage, numbers.receiver(slot));
            } else {
                waits[slot] = message(timing, numbers.sender(slot), stage);
            }
        }
        for (int stage = 0; stage < shape.stages(); stage++) {
            for (int chunk = 0; chunk < shape.chunks(); chunk++) {
                ChunkTiming costs = timing.chunks().get(stage).get(chunk);
                set(
                        numbers.slot(stage, false, chunk),
                        costs.forward().seconds(),
                        costs.first().seconds());
                set(
                        numbers.slot(stage, true, chunk),
                        costs.backward().seconds(),
                        costs.last().seconds());
            }
        }
        for (int slot = 0; slot < numbers.regular(); slot++) {
            int feeder = numbers.feeder(slot);
            if (feeder != PassSlots.NOBODY && numbers.backward(feeder)) {
                int chunk = feeder % shape.chunks();
                waits[numbers.once(slot)] -= timing.chunks()
                        .get(numbers.stage(feeder))
                        .get(chunk)
                        .last()
                        .seconds();
            }
        }
    }

    private static double message(StepTiming timing, int from, int to) {
        return from == to ? 0 : timing.messages().seconds(from, to);
    }

    private void set(int slot, double each, double once) {
        seconds[slot] = each;
        seconds[numbers.once(slot)] = each + once;
    }

    /**
     * Solves the recurrence.
     *
     * @param sequence passes of as many micro-batches or, where it has loops, of fewer
     * @param ends room for the end of every pass
     */
    static PipelineTimes solve(StepTiming timing, PassSequence sequence, int microBatches, PassEnds ends) {
        PipelineRecurrence recurrence = new PipelineRecurrence(timing, sequence, ends);
        recurrence.run(microBatches - recurrence.shape.microBatches());
        return recurrence.times();
    }

    private void run(int moreMicroBatches) {
        ends.clear();
        int place = 0;
        for (PassLoop loop : sequence.loops()) {
            sweep(place, loop.from());
            repeat(loop, loop.copies() + moreMicroBatches / loop.microBatches());
            place = loop.end();
        }
        sweep(place, sequence.slots().length);
    }

    private void repeat(PassLoop loop, int copies) {
        SteadyGrowth growth = new SteadyGrowth(sequence, loop, waits, ends);
        int left = copies;
        while (left > 0) {
            sweep(loop.from(), loop.from() + loop.length());
            left--;
            left -= growth.leaveOut(left);
        }
    }

    private void sweep(int from, int to) {
        int[] slots = sequence.slots();
        int[] before = sequence.before();
        int[] feeders = sequence.feeders();
        int shift = ends.written() - from;
        double[] over = ends.extend(to - from);
        for (int i = from; i < to; i++) {
            int slot = slots[i];
            int own = i + shift;
            double start = Math.max(over[own - before[i]], over[own - feeders[i]] + waits[slot]);
            over[own] = start + seconds[slot] + holds[slot];
        }
    }

    private PipelineTimes times() {
        int chunks = shape.chunks();
        double[] done = new double[shape.stages()];
        double[] gradientStart = new double[shape.stages() * chunks];
        double[] gradientEnd = new double[shape.stages() * chunks];
        int shift = ends.written() - sequence.slots().length;
        for (int stage = 0; stage < shape.stages(); stage++) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                int slot = numbers.once(numbers.slot(stage, true, chunk));
                double over = ends.seconds()[sequence.last(slot) + shift];
                double end = over - holds[slot];
                gradientEnd[stage * chunks + chunk] = end;
                gradientStart[stage * chunks + chunk] = end - seconds[slot];
                done[stage] = Math.max(done[stage], over);
            }
        }
        return new PipelineTimes(done, gradientStart, gradientEnd);
    }
}
