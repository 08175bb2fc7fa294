package trainyard.parallel.step;

import java.util.Arrays;
import trainyard.parallel.step.StepTiming.ChunkTiming;

/**
 * When the passes of a pipeline run, without an event queue: a pass starts when its stage is free and its input has come,
 *
 * <pre>  start(pass) = max(free(stage), end(pass that feeds it) + message) </pre>
 *
 * a max-plus recurrence (Baccelli et al. 1992, chapter 2) that is solved in one sweep over the passes, some nanoseconds
 * each. It yields what the replay of the same program yields, apart from the rounding of each duration to a nanosecond.
 */
final class PipelineRecurrence {

    private static final double NOT_YET = -1;

    private final StepTiming timing;
    private final PipelinePrograms.Program program;
    private final int stages;
    private final int chunks;
    private final int microBatches;
    private final double[][] inputs;
    private final int[] next;
    private final double[] free;
    private final double[] warmUpIdle;
    private final boolean[] warm;
    private final double[] gradientStart;
    private final double[] gradientEnd;
    private final double[][] seconds;
    private final int[] awake;
    private int awakeCount;

    private PipelineRecurrence(StepTiming timing, PipelinePrograms.Program program) {
        this.timing = timing;
        this.program = program;
        this.stages = timing.stages();
        this.chunks = timing.chunksPerStage();
        this.microBatches = program.microBatches();
        this.inputs = new double[stages][2 * chunks * microBatches];
        this.next = new int[stages];
        this.free = new double[stages];
        this.warmUpIdle = new double[stages];
        this.warm = new boolean[stages];
        this.gradientStart = new double[stages * chunks];
        this.gradientEnd = new double[stages * chunks];
        this.seconds = seconds(timing);
        this.awake = new int[stages];
    }

    /** Durations by stage, then forward chunks, then backward chunks. */
    private static double[][] seconds(StepTiming timing) {
        int chunks = timing.chunksPerStage();
        double[][] seconds = new double[timing.stages()][2 * chunks];
        for (int stage = 0; stage < timing.stages(); stage++) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                ChunkTiming costs = timing.chunks().get(stage).get(chunk);
                seconds[stage][chunk] = costs.forward().seconds();
                seconds[stage][chunks + chunk] = costs.backward().seconds();
            }
        }
        return seconds;
    }

    /**
     * Solves the recurrence.
     *
     * @throws IllegalStateException if the program waits for an input that nobody sends
     */
    static PipelineTimes solve(StepTiming timing, PipelinePrograms.Program program) {
        PipelineRecurrence recurrence = new PipelineRecurrence(timing, program);
        recurrence.run();
        return new PipelineTimes(
                recurrence.free, recurrence.warmUpIdle, recurrence.gradientStart, recurrence.gradientEnd);
    }

    private void run() {
        for (double[] ofStage : inputs) {
            Arrays.fill(ofStage, NOT_YET);
        }
        Arrays.fill(inputs[0], 0, microBatches, 0);
        awake[awakeCount++] = 0;
        while (awakeCount > 0) {
            advance(awake[--awakeCount]);
        }
        for (int stage = 0; stage < stages; stage++) {
            if (next[stage] < program.codes(stage).length) {
                throw new IllegalStateException("the pipeline schedule deadlocks at stage " + stage);
            }
        }
    }

    private void advance(int stage) {
        int[] codes = program.codes(stage);
        while (next[stage] < codes.length) {
            int code = codes[next[stage]];
            double input = inputs[stage][code];
            if (input < 0) {
                return;
            }
            next[stage]++;
            pass(stage, code, Math.max(free[stage], input));
        }
    }

    private void pass(int stage, int code, double start) {
        int kind = code / microBatches;
        double end = start + seconds[stage][kind];
        if (!warm[stage]) {
            warmUpIdle[stage] += start - free[stage];
            warm[stage] = kind >= chunks;
        }
        free[stage] = end;
        if (kind < chunks) {
            forward(stage, kind, code, end);
            return;
        }
        int slot = stage * chunks + kind - chunks;
        gradientStart[slot] = start;
        gradientEnd[slot] = end;
        if (stage > 0) {
            send(stage, stage - 1, code, end);
        } else if (kind > chunks) {
            send(stage, stages - 1, code - microBatches, end);
        }
    }

    private void forward(int stage, int chunk, int code, double end) {
        if (stage < stages - 1) {
            send(stage, stage + 1, code, end);
        } else if (chunk < chunks - 1) {
            send(stage, 0, code + microBatches, end);
        } else {
            inputs[stage][code + chunks * microBatches] = end;
        }
    }

    private void send(int from, int to, int code, double end) {
        double arrival = from == to ? end : end + timing.message();
        inputs[to][code] = arrival;
        if (from == to) {
            return;
        }
        if (timing.messagesBlock()) {
            free[from] = arrival;
        }
        if (program.codes(to)[next[to]] == code) {
            awake[awakeCount++] = to;
        }
    }
}
