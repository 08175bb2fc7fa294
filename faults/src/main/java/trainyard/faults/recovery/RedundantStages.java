package trainyard.faults.recovery;

import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.Slots;

/**
 * Each node also computes the stage of the node behind it in the pipeline, the last one that of the first (Bamboo, Thorpe et
 * al. 2023). If a node is lost, the one before it goes on with both stages; two neighbours lost in one replica are fatal. The
 * second computation costs time in every step.
 *
 * @param overhead what a step takes longer for it, as a share of the step, 0 or more
 * @param microBatches micro-batches of a replica in a step, at least 1
 */
public record RedundantStages(double overhead, int microBatches) implements RecoveryPolicy {

    public RedundantStages {
        if (!(overhead >= 0) || microBatches < 1) {
            throw new IllegalArgumentException(
                    "redundant stages need an overhead and micro-batches, got " + overhead + " and " + microBatches);
        }
    }

    @Override
    public String name() {
        return "redundant-stages";
    }

    @Override
    public Reaction react(Situation situation) {
        return survives(situation) ? new Reaction.GoOn(1, Rejoin.IN_BACKGROUND) : new Reaction.Replace(Start.COLD);
    }

    @Override
    public StateSource source(Situation situation) {
        return survives(situation) ? StateSource.SURVIVORS : StateSource.SNAPSHOT;
    }

    private static boolean survives(Situation situation) {
        JobLayout layout = situation.layout();
        Slots blank = situation.blank();
        for (int slot = blank.next(0); slot >= 0; slot = blank.next(slot + 1)) {
            if (blank.contains(layout.slotOfNextStage(slot))) {
                return false;
            }
        }
        return true;
    }

    /**
     * M micro-batches through P stages of equal time take M + P - 1 slots of time; with two stages on one node, the pace of
     * which all others follow, 2 (M - 1) + P.
     */
    @Override
    public Pace pace(Formation formation) {
        double redundant = formation.wholeStepNanos() * (1 + overhead);
        int stages = formation.layout().stages();
        boolean degraded = formation.without().count() > 0;
        double factor = degraded ? (2.0 * (microBatches - 1) + stages) / (microBatches + stages - 1.0) : 1;
        long nanos = Math.round(Math.ceil(redundant * factor));
        Pace pace = formation.wholeBatch(nanos);
        long all = nanos * formation.gpus();
        long useful = Math.min(formation.wholeGpuNanos(), Math.round(all / (1 + overhead)));
        return new Pace(nanos, pace.samples(), useful, Math.min(all - useful, Math.round(useful * overhead)));
    }
}
