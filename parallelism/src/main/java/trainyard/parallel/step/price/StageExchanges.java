package trainyard.parallel.step.price;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.step.exchange.RankPlacement;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.GroupShape;

/** What pipeline stages exchange: activations and their gradients, and gradients of weights that two stages share. */
public final class StageExchanges {

    private final TrainingJob job;
    private final ParallelPlan plan;
    private final ChunkLayout layout;
    private final CollectiveModel collectives;
    private final RankPlacement placement;

    StageExchanges(TrainingJob job, ChunkLayout layout, CollectiveModel collectives, RankPlacement placement) {
        this.job = job;
        this.plan = job.plan();
        this.layout = layout;
        this.collectives = collectives;
        this.placement = placement;
    }

    /**
     * Messages between stages. When each tensor rank sends only its share, the receivers gather the whole over NVLink
     * (Narayanan et al. 2021, section 4.1); with sequence parallelism the activations are split anyway.
     */
    public StageMessages messages() {
        if (plan.pipeline() == 1) {
            return StageMessages.NONE;
        }
        int ranks = plan.degrees().ranksPerStage();
        int node = placement.gpusPerNode();
        double within = 2 * ranks > node ? 0 : messageSeconds(GroupShape.withinNode(2));
        double between = plan.gpus() <= node ? 0 : messageSeconds(placement.pairBetweenNodes());
        return new StageMessages(within, between, ranks, node);
    }

    private double messageSeconds(GroupShape pair) {
        double bytes = job.shard().precision().bytes() * layout.messageElements(job.shard());
        boolean split = plan.tensor() > 1
                && (plan.sequenceParallel() || job.software().has(SoftwareFeature.SCATTER_GATHER_MESSAGES));
        boolean free = job.software().has(SoftwareFeature.PIPELINE_OVERLAP)
                || job.software().has(SoftwareFeature.GRAPHED_STEP);
        double sync = free ? 0 : job.software().host().messageSyncSeconds();
        double send = sync
                + collectives
                        .time(Collective.SEND_RECV, split ? bytes / plan.tensor() : bytes, pair)
                        .seconds();
        if (!split || plan.sequenceParallel()) {
            return send;
        }
        return send
                + collectives
                        .time(Collective.ALL_GATHER, bytes, placement.tensorGroup())
                        .seconds();
    }

    /** Seconds to sum the gradients of weights that the first and the last stage share. */
    public double tiedReductionSeconds() {
        boolean together = plan.schedule().placement().joinsEnds(plan.pipeline(), plan.virtualStages());
        if (together || !trainsTiedTable()) {
            return 0;
        }
        return sumSeconds(job.model().tiedParameters()
                / plan.tensor()
                * job.software().gradients().bytesPerElement());
    }

    private boolean trainsTiedTable() {
        return job.model().tiedParameters() > 0
                && job.model().layers().get(0).trainedPerRank(plan.split()).total() > 0;
    }

    /** Summing gradients that two stages share: a tied table's, or those of a model that lies on the stages twice. */
    double sumSeconds(double bytes) {
        GroupShape pair =
                plan.gpus() <= placement.gpusPerNode() ? GroupShape.withinNode(2) : placement.pairBetweenNodes();
        return collectives.time(Collective.ALL_REDUCE, bytes, pair).seconds();
    }
}
