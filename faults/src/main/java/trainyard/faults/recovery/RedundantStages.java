package trainyard.faults.recovery;

import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.Slots;

/**
 * Each node also computes the stage of the node behind it in the pipeline, the last one that of the first (Bamboo, Thorpe et
 * al. 2023). If a node is lost, the one before it goes on with both stages, or those that are left form other pipelines; two
 * neighbours lost in one replica are fatal. The second computation costs time in every step.
 *
 * @param overhead what a step takes longer for it, as a share of the step, 0 or more
 * @param microBatches micro-batches of a replica in a step, at least 1
 * @param reconfigures whether those that are left form other pipelines at once, in place of waiting for a replacement with
 *     two stages on one node. Nodes that come back wait for the next such change
 */
public record RedundantStages(double overhead, int microBatches, boolean reconfigures) implements RecoveryPolicy {

    public RedundantStages {
        if (!(overhead >= 0) || microBatches < 1) {
            throw new IllegalArgumentException(
                    "redundant stages need an overhead and micro-batches, got " + overhead + " and " + microBatches);
        }
    }

    /** A job that waits for replacements. */
    public RedundantStages(double overhead, int microBatches) {
        this(overhead, microBatches, false);
    }

    @Override
    public boolean startsWithFewer() {
        return reconfigures;
    }

    @Override
    public String name() {
        return "redundant-stages";
    }

    @Override
    public Reaction react(Situation situation) {
        if (reconfigures) {
            return situation.working() < 2
                    ? new Reaction.Replace(Start.COLD)
                    : new Reaction.Shrink(situation.working(), 1, Rejoin.AT_RESTART);
        }
        return survives(situation) ? new Reaction.GoOn(1, Rejoin.IN_BACKGROUND) : new Reaction.Replace(Start.COLD);
    }

    @Override
    public StateSource source(Situation situation) {
        return survives(situation) ? StateSource.SURVIVORS : StateSource.SNAPSHOT;
    }

    private boolean survives(Situation situation) {
        JobLayout layout = situation.layout();
        Slots blank = situation.blank();
        for (int slot = blank.next(0); slot >= 0; slot = blank.next(slot + 1)) {
            if (isLost(situation, slot) && isLost(situation, layout.slotOfNextStage(slot))) {
                return false;
            }
        }
        return true;
    }

    /** Slots that were out before have no stage where the others formed pipelines without them. */
    private boolean isLost(Situation situation, int slot) {
        return situation.blank().contains(slot)
                && !(reconfigures && situation.out().contains(slot));
    }

    /**
     * M micro-batches through P stages of equal time take M + P - 1 slots of time; with two stages on one node, the pace of
     * which all others follow, 2 (M - 1) + P.
     */
    @Override
    public Pace pace(Formation formation) {
        if (formation.stepTimes().includeRecovery()) {
            return RecoveryPolicy.super.pace(formation);
        }
        if (reconfigures) {
            double nodes = (double) formation.layout().nodes() / formation.nodes();
            return redundant(formation, Math.round(Math.ceil(formation.wholeStepNanos() * (1 + overhead) * nodes)));
        }
        double redundant = formation.wholeStepNanos() * (1 + overhead);
        int stages = formation.layout().stages();
        boolean degraded = formation.without().count() > 0;
        double factor = degraded ? (2.0 * (microBatches - 1) + stages) / (microBatches + stages - 1.0) : 1;
        return redundant(formation, Math.round(Math.ceil(redundant * factor)));
    }

    private Pace redundant(Formation formation, long nanos) {
        Pace pace = formation.wholeBatch(nanos);
        long all = nanos * formation.gpus();
        long useful = Math.min(formation.wholeGpuNanos(), Math.round(all / (1 + overhead)));
        return new Pace(nanos, pace.samples(), useful, Math.min(all - useful, Math.round(useful * overhead)));
    }
}
