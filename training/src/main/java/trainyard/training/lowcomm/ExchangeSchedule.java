package trainyard.training.lowcomm;

import java.util.Arrays;

/**
 * Plays the steps of one replica, all of which are alike, pass by pass and layer by layer. Two things are in use: the replica
 * computes one pass at a time, forward through all layers, then backward with the pass by activations of a layer before that by its
 * parameters; the link reduces one layer at a time, in the order in which gradients are ready. So the graph of passes and reductions
 * has one order of work on each, and its longest path is worked out as it is walked.
 *
 * <p>A layer is reduced as soon as its pass by parameters is done, under the rest of the backward pass. Without overlap the next
 * forward pass of a layer waits until that layer has arrived. With an overlap of n steps a replica goes on for n steps and waits
 * before the next until the whole fragment has arrived, as it merges a fragment between two steps.
 *
 * <p>The graph is the one described by A. Douillard et al. 2025 (arXiv 2501.18512, section 3.1): only the link between sites counts,
 * not those within.
 */
public final class ExchangeSchedule {

    private static final int SETTLING_PERIODS = 2;
    private static final int MEASURED_PERIODS = 3;
    /** A period of a few steps says little about how a queue of layers settles. */
    private static final int LEAST_STEPS = 32;

    private final LayeredModel model;
    private final ExchangePlan plan;
    private final double reduceSeconds;
    private final double latencySeconds;
    private final int fragments;
    private final int[] fragmentOf;

    /** By step, as far ahead as an exchange reaches: when each layer has arrived that the step needs. */
    private final double[][] needed;

    /** By step: when all has arrived that is merged before it. */
    private final double[] merged;

    private double replicaFree;
    private double linkFree;
    private double linkBusy;

    private ExchangeSchedule(LayeredModel model, ExchangePlan plan, SiteLink link) {
        this.model = model;
        this.plan = plan;
        int layers = model.layers();
        reduceSeconds = plan.bits(model.layerParameters()) / link.bitsPerSecond();
        latencySeconds = 2 * (plan.replicas() - 1) * link.latencySeconds();
        fragments = plan.fragments(layers);
        int layersEach = Math.min(plan.layersPerFragment(), layers);
        fragmentOf = new int[layers];
        Arrays.setAll(fragmentOf, layer -> plan.pattern().fragment(layer, layersEach, fragments));
        needed = new double[2][layers];
        merged = new double[plan.overlapSteps() + 2];
    }

    /** Plays until the schedule repeats itself and measures it. */
    public static ScheduleOutcome of(LayeredModel model, ExchangePlan plan, SiteLink link) {
        return new ExchangeSchedule(model, plan, link).play();
    }

    private ScheduleOutcome play() {
        int rounds = (LEAST_STEPS - 1) / plan.period() + 1;
        int settling = SETTLING_PERIODS * rounds * plan.period();
        int measured = MEASURED_PERIODS * rounds * plan.period();
        steps(0, settling);
        double start = replicaFree;
        double busy = linkBusy;
        steps(settling, settling + measured);
        double seconds = (replicaFree - start) / measured;
        return new ScheduleOutcome(
                model.stepSeconds() / seconds,
                seconds,
                Math.max(0, seconds - model.stepSeconds()),
                Math.min(1, (linkBusy - busy) / (replicaFree - start)));
    }

    private void steps(int from, int to) {
        for (int step = from; step < to; step++) {
            replicaFree = Math.max(replicaFree, merged[step % merged.length]);
            forward(needed[step % 2]);
            backward(step);
        }
    }

    private void forward(double[] arrived) {
        double pass = model.passSeconds();
        for (double arrival : arrived) {
            replicaFree = Math.max(replicaFree, arrival) + pass;
        }
    }

    private void backward(int step) {
        double pass = model.passSeconds();
        double[] next = needed[(step + 1) % 2];
        Arrays.fill(next, 0);
        double last = 0;
        for (int layer = model.layers() - 1; layer >= 0; layer--) {
            replicaFree += layer > 0 ? 2 * pass : pass;
            if (leaves(fragmentOf[layer], step)) {
                last = reduce();
                next[layer] = plan.overlapSteps() == 0 ? last : 0;
            }
        }
        merged[step % merged.length] = 0;
        merged[(step + plan.overlapSteps() + 1) % merged.length] = plan.overlapSteps() > 0 ? last : 0;
    }

    /** Whether a fragment is sent in a step: fragment f of F at f H / F of every period. */
    private boolean leaves(int fragment, int step) {
        return step % plan.period() == (int) ((long) fragment * plan.period() / fragments) % plan.period();
    }

    /** @return when the layer has arrived */
    private double reduce() {
        linkFree = Math.max(linkFree, replicaFree) + reduceSeconds;
        linkBusy += reduceSeconds;
        return linkFree + latencySeconds;
    }
}
