package trainyard.scenario.workload.step;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.ContextMethod;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.job.JobSection;
import trainyard.scenario.section.job.ParallelSection;
import trainyard.scenario.section.network.CollectiveForm;
import trainyard.scenario.section.network.NetworkSection;
import trainyard.sim.topology.LeafNodes;

/** What a step makes of a setting that its writer may expect otherwise, in sentences without a final stop. */
final class QuietSettings {

    /** The label of uplinks that no exchange of the step meets, in words. */
    static final String UNMET_UPLINKS = "unmet-uplinks";

    /** The label of gradients that the passes of a pipeline wait for, in words. */
    static final String SUMS_IN_PASSES = "sums-in-passes";

    private QuietSettings() {}

    static void label(
            Map<String, String> labels, TrainingJob job, JobCondition condition, Values cluster, Values section) {
        BiConsumer<String, Optional<String>> add = (label, words) -> words.ifPresent(said -> labels.put(label, said));
        add.accept(UNMET_UPLINKS, unmetUplinks(job, condition, cluster));
        add.accept(SUMS_IN_PASSES, sumsInPasses(job, section));
    }

    /** By formula only an all-to-all and a slow uplink know of the uplinks. */
    private static Optional<String> unmetUplinks(TrainingJob job, JobCondition condition, Values cluster) {
        double oversubscription = job.cluster().fabric().oversubscription();
        boolean written = cluster.find(ClusterSection.NETWORK)
                .filter(network -> network.isWritten(NetworkSection.OVERSUBSCRIPTION))
                .isPresent();
        boolean byFormula = ClusterSection.exchanges(cluster).form() == CollectiveForm.ANALYTIC;
        boolean oneLeaf = job.cluster().nodes() <= LeafNodes.of(job.cluster());
        ParallelPlan plan = job.plan();
        boolean allToAll =
                plan.expert() > 1 || plan.context() > 1 && plan.exchanges().context() == ContextMethod.ULYSSES;
        return written && oversubscription > 1 && byFormula && !oneLeaf && !allToAll && condition.isEven()
                ? Optional.of(
                        "oversubscription changes nothing here: by formula rings and trees keep to neighbours and do not meet"
                                + " the uplinks; cluster.network.collectives: flow sends their messages over them")
                : Optional.empty();
    }

    private static Optional<String> sumsInPasses(TrainingJob job, Values section) {
        ParallelPlan plan = job.plan();
        boolean chosen = ParallelSection.saysWhenToReduce(section.get(JobSection.PARALLEL));
        boolean waits = plan.zeroStage() == 2
                && plan.pipeline() > 1
                && plan.shardRanks() > 1
                && plan.sharding().reduceEachMicroBatch()
                && job.microBatches() > 1;
        return waits && !chosen
                ? Optional.of("zero 2 sums gradients after each of " + job.microBatches()
                        + " micro-batches, and the passes of the pipeline wait for it; job.parallel.reduce-each-micro-batch:"
                        + " false sums them once a step, as PyTorch's pipelines do")
                : Optional.empty();
    }
}
