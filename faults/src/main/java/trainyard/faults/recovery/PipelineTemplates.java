package trainyard.faults.recovery;

import java.util.Objects;
import trainyard.faults.layout.JobLayout;

/**
 * Pipelines of different lengths are planned ahead, so that any number of nodes can train: those that are left form other
 * pipelines, which share the batch by their speed, and copy the layers that they lack from each other (Oobleck, Jang et al.
 * 2023). With f + 1 pipelines at least, f nodes lost at once leave a copy of each layer; more throw the job back to a snapshot. Where replicas share out the state,
 * fewer losses do, too: as many as there are copies of it.
 *
 * @param pipelineNodes nodes of the shortest pipeline that has memory for the model, at least 1
 * @param tolerated nodes that may be lost at once, f, at least 0
 * @param growth when it takes nodes in that come back
 */
public record PipelineTemplates(int pipelineNodes, int tolerated, Rejoin growth) implements RecoveryPolicy {

    public PipelineTemplates {
        Objects.requireNonNull(growth, "growth");
        if (pipelineNodes < 1 || tolerated < 0) {
            throw new IllegalArgumentException(
                    "templates need nodes and a number of losses, got " + pipelineNodes + " and " + tolerated);
        }
    }

    /** Pipelines that grow as soon as a node comes back. */
    public PipelineTemplates(int pipelineNodes, int tolerated) {
        this(pipelineNodes, tolerated, Rejoin.AS_THEY_COME);
    }

    @Override
    public boolean startsWithFewer() {
        return true;
    }

    @Override
    public String name() {
        return "templates";
    }

    @Override
    public Reaction react(Situation situation) {
        long least = (tolerated + 1L) * pipelineNodes;
        return situation.working() < least
                ? new Reaction.Replace(Start.COLD)
                : new Reaction.Shrink(situation.working(), 1, growth);
    }

    @Override
    public StateSource source(Situation situation) {
        JobLayout layout = situation.layout();
        int outlived = layout.stateReplicas() == 1 ? tolerated : Math.min(tolerated, layout.copies() - 1);
        return situation.struck() <= outlived ? StateSource.SURVIVORS : StateSource.SNAPSHOT;
    }

    /**
     * The work of a step is shared by all nodes alike, {@code N / N'} of the time on N' of N nodes, unless it was measured on
     * pipelines of different lengths.
     */
    @Override
    public Pace pace(Formation formation) {
        if (formation.stepTimes().includeRecovery()) {
            return RecoveryPolicy.super.pace(formation);
        }
        double factor = (double) formation.layout().nodes() / formation.nodes();
        return formation.wholeBatch(Math.round(Math.ceil(formation.wholeStepNanos() * factor)));
    }

    @Override
    public boolean needsCopies() {
        return true;
    }
}
