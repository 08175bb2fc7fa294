package trainyard.faults.recovery;

import trainyard.faults.analytic.PipelineReroute;
import trainyard.faults.layout.JobLayout;

/**
 * The micro-batches of a node that is lost are routed to the nodes of the same stage in other replicas (ReCycle, Gandhi et al.
 * 2024), as long as each stage has one left; a replacement comes up meanwhile and is taken in.
 *
 * @param microBatches micro-batches of a replica in a step, at least 1
 * @param fillsBubbles whether the bubbles of the pipeline take in the routed work first
 */
public record Reroute(int microBatches, boolean fillsBubbles) implements RecoveryPolicy {

    public Reroute {
        if (microBatches < 1) {
            throw new IllegalArgumentException("a replica needs micro-batches, got " + microBatches);
        }
    }

    @Override
    public String name() {
        return "reroute";
    }

    @Override
    public Reaction react(Situation situation) {
        return goesOn(situation) ? new Reaction.GoOn(1, Rejoin.IN_BACKGROUND) : new Reaction.Replace(Start.COLD);
    }

    @Override
    public StateSource source(Situation situation) {
        return goesOn(situation) ? StateSource.SURVIVORS : StateSource.SNAPSHOT;
    }

    private static boolean goesOn(Situation situation) {
        JobLayout layout = situation.layout();
        return layout.mostReplicasOfOneStage(situation.blank()) < layout.replicas() && situation.hasStateLeft();
    }

    /** The step of the stage that lost most, by {@link PipelineReroute}. */
    @Override
    public Pace pace(Formation formation) {
        JobLayout layout = formation.layout();
        int lost = layout.mostReplicasOfOneStage(formation.without());
        if (lost == 0) {
            return formation.wholeBatch(formation.wholeStepNanos());
        }
        PipelineReroute reroute = new PipelineReroute(layout.replicas(), layout.stages(), microBatches, lost);
        double speed = fillsBubbles ? reroute.withAllBubbles() : reroute.withoutBubbles();
        return formation.wholeBatch(Math.round(Math.ceil(formation.wholeStepNanos() / speed)));
    }

    @Override
    public boolean needsCopies() {
        return true;
    }
}
