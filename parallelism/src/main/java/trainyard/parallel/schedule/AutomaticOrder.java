package trainyard.parallel.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One run of the heuristic of Qi et al. 2024, section 3.1. Warm-up: as many forwards as fit before the first gradient
 * comes back. Then in rounds, each stage one forward and one input gradient; weight gradients fill gaps and make room
 * when memory is full. An earlier stage is always at least one forward ahead of the next one.
 */
final class AutomaticOrder {

    /**
     * What the heuristic leaves open; the caller tries all.
     *
     * @param idleBeforeBackward whether warm-up stops at the forward that would delay the first input gradient
     * @param skipsForwards whether a stage more than one forward ahead may let its gradient go first
     * @param fillsShortGaps whether a gap shorter than a weight gradient is filled even where another stage idles longer
     */
    record Choices(boolean idleBeforeBackward, boolean skipsForwards, boolean fillsShortGaps) {

        static List<Choices> all() {
            List<Choices> all = new ArrayList<>();
            for (int bits = 0; bits < 8; bits++) {
                all.add(new Choices((bits & 4) == 0, (bits & 2) == 0, (bits & 1) == 0));
            }
            return all;
        }
    }

    private final PassEstimates times;
    private final Choices choices;
    private final int microBatches;
    private final DraftStage[] stages;
    private final int[] forwards;
    private final double[][] forwardEnd;
    private final double[] gradientEnd;

    private AutomaticOrder(PipelineShape shape, PassEstimates times, double limit, Choices choices) {
        this.times = times;
        this.choices = choices;
        this.microBatches = shape.microBatches();
        this.stages = new DraftStage[shape.stages()];
        Arrays.setAll(stages, i -> new DraftStage(times, limit));
        this.forwards = new int[stages.length];
        this.forwardEnd = new double[stages.length][microBatches];
        this.gradientEnd = new double[stages.length];
    }

    /**
     * @param limit micro-batches whose activations a stage may hold, at least the stages
     */
    static AutomaticOrder of(PipelineShape shape, PassEstimates times, double limit, Choices choices) {
        AutomaticOrder order = new AutomaticOrder(shape, times, limit, choices);
        order.warmUp();
        order.backwards(0);
        for (int round = 1; round < order.microBatches; round++) {
            boolean[] run = order.whoRunsForward();
            for (int i = 0; i < run.length; i++) {
                if (run[i]) {
                    order.fillAndForward(i);
                }
            }
            order.backwards(round);
        }
        for (DraftStage stage : order.stages) {
            stage.putAllWeights();
        }
        return order;
    }

    List<List<Pass>> passes() {
        return Arrays.stream(stages).map(DraftStage::passes).toList();
    }

    /** Longest time that a stage is at work, which sets the pace of steps that need not wait for each other. */
    double duration() {
        return Arrays.stream(stages).mapToDouble(DraftStage::duration).max().orElseThrow();
    }

    private void warmUp() {
        for (int i = 0; i < stages.length; i++) {
            forward(i);
        }
        int[] more = new int[stages.length];
        double gradient = stages[stages.length - 1].free() + times.inputBackward();
        for (int i = stages.length - 2; i >= 0; i--) {
            double arrival = gradient + times.message();
            double busy = stages[i].free();
            while (1 + more[i] < microBatches && stages[i].fits(more[i] + 1) && startsBefore(arrival, busy)) {
                more[i]++;
                busy += times.forward();
            }
            gradient = Math.max(busy, arrival) + times.inputBackward();
        }
        for (int i = 0; i < stages.length; i++) {
            boolean all = 1 + more[i] == microBatches;
            more[i] = i == 0 || all ? more[i] : Math.min(more[i], Math.max(0, more[i - 1] - 1));
            for (int k = 0; k < more[i]; k++) {
                forward(i);
            }
        }
    }

    /** Whether a forward may start although the first gradient arrives soon. */
    private boolean startsBefore(double arrival, double busy) {
        return choices.idleBeforeBackward() ? busy + times.forward() <= arrival : busy < arrival;
    }

    private void forward(int stage) {
        int microBatch = forwards[stage]++;
        forwardEnd[stage][microBatch] = stages[stage].put(Pass.forward(microBatch, 0), inputArrival(stage, microBatch));
    }

    private double inputArrival(int stage, int microBatch) {
        return stage == 0 ? 0 : forwardEnd[stage - 1][microBatch] + times.message();
    }

    private boolean[] whoRunsForward() {
        boolean[] run = new boolean[stages.length];
        for (int i = stages.length - 1; i >= 0; i--) {
            boolean last = i == stages.length - 1;
            run[i] = forwards[i] < microBatches && (last || run[i + 1] || forwards[i + 1] == microBatches);
            run[i] &= last || !choices.skipsForwards() || forwards[i] < forwards[i + 1] + 2 || !waitsForGradient(i);
        }
        return run;
    }

    /** Whether the stage, far enough ahead, should wait for the next stage's gradient rather than run a forward first. */
    private boolean waitsForGradient(int stage) {
        DraftStage own = stages[stage];
        double arrival = stages[stage + 1].free() + times.forward() + times.inputBackward() + times.message();
        if (own.free() >= arrival) {
            return true;
        }
        if (own.free() + own.secondsToMakeRoom() + times.forward() <= arrival) {
            return false;
        }
        return arrival - own.free() <= longestBubble() - own.bubble();
    }

    private void fillAndForward(int i) {
        stages[i].makeRoom();
        if (i > 0) {
            fill(i, inputArrival(i, forwards[i]));
        }
        forward(i);
    }

    private void backwards(int microBatch) {
        for (int i = stages.length - 1; i >= 0; i--) {
            double arrival = i == stages.length - 1 ? 0 : gradientEnd[i + 1] + times.message();
            fill(i, arrival);
            if (i == 0 && forwards[0] == microBatches) {
                // Nobody waits for the first stage, and no forward is left to delay.
                stages[0].putAllWeights();
            }
            gradientEnd[i] = stages[i].put(Pass.inputBackward(microBatch, 0), arrival);
        }
    }

    private void fill(int stage, double arrival) {
        double tolerated = choices.fillsShortGaps() ? 0 : longestBubble() - stages[stage].bubble();
        stages[stage].fillUntil(arrival, tolerated);
    }

    private double longestBubble() {
        double longest = 0;
        for (DraftStage stage : stages) {
            longest = Math.max(longest, stage.bubble());
        }
        return longest;
    }
}
