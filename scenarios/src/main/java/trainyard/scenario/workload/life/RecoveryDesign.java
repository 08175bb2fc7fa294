package trainyard.scenario.workload.life;

import java.util.Optional;
import trainyard.faults.analytic.ShardRedundancy;
import trainyard.faults.analytic.SpareNodes;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.ShardOffsets;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.JobRedundancy;
import trainyard.faults.recovery.JustInTime;
import trainyard.faults.recovery.PipelineTemplates;
import trainyard.faults.recovery.ProactiveDrain;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RedundantStages;
import trainyard.faults.recovery.Rejoin;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.ReplicaQuorum;
import trainyard.faults.recovery.Requeue;
import trainyard.faults.recovery.RequeueWhenStopped;
import trainyard.faults.recovery.Reroute;
import trainyard.faults.recovery.ShardedWork;
import trainyard.faults.recovery.Standby;
import trainyard.faults.recovery.Warnings;
import trainyard.parallel.job.TrainingJob;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.life.RecoverySection;
import trainyard.scenario.section.life.RecoverySection.Policy;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.engine.SimTime;

/** Turns the section {@code life.recovery} into a policy for a job on its nodes. */
final class RecoveryDesign {

    private static final double SECONDS_PER_DAY = 86_400;
    /** On so many days there are enough standbys: ByteRobust, Wan et al. 2025, section 6.2. */
    private static final double STANDBY_CONFIDENCE = 0.99;

    private final TrainingJob job;
    private final Values recovery;
    private final LifeCluster cluster;

    RecoveryDesign(TrainingJob job, Values recovery, LifeCluster cluster) {
        this.job = job;
        this.recovery = recovery;
        this.cluster = cluster;
    }

    private int gpusPerReplica() {
        return job.plan().gpus() / job.plan().data();
    }

    private int gpusPerNode() {
        return cluster.ofJob().gpusPerNode();
    }

    private boolean fillsNodes() {
        return gpusPerReplica() <= gpusPerNode() || gpusPerReplica() % gpusPerNode() == 0;
    }

    /** Replicas that share nodes count as one; where replicas do not fill whole nodes, all of them do. */
    JobLayout layout() {
        int nodes = cluster.ofJob().nodes();
        int replicaNodes = Math.max(1, gpusPerReplica() / gpusPerNode());
        if (!fillsNodes() || nodes % replicaNodes != 0) {
            return JobLayout.oneReplica(nodes);
        }
        int replicas = nodes / replicaNodes;
        return new JobLayout(replicas, replicaNodes, job.plan().degrees().pipeline(), stateReplicas(replicas));
    }

    /** Replicas on nodes of their own that hold one copy of the state; all where groups of them do not fill whole nodes. */
    private int stateReplicas(int replicas) {
        int ofPlan = job.plan().data() / replicas;
        int group = LifeWorkload.replicasOfState(job.plan());
        int ofLayout = Math.max(1, group / ofPlan);
        boolean aligned = group % ofPlan == 0 || ofPlan % group == 0;
        return aligned && replicas % ofLayout == 0 ? ofLayout : replicas;
    }

    /**
     * What the job does after a fault.
     *
     * @param writeNanos time to save the whole state
     * @throws ScenarioException if the job does not allow the policy
     */
    RecoveryPolicy policy(long writeNanos) {
        RecoveryPolicy policy = stated(writeNanos);
        return recovery.get(RecoverySection.IF_STOPPED) == RecoverySection.IfStopped.REQUEUE
                ? new RequeueWhenStopped(policy)
                : policy;
    }

    private RecoveryPolicy stated(long writeNanos) {
        Policy policy = recovery.get(RecoverySection.POLICY);
        return switch (policy) {
            case REQUEUE -> new Requeue();
            case REPLACE -> new ReplaceLost();
            case WARM_STANDBY -> new Standby(standbys(), false);
            case HOT_SPARE -> new Standby(standbys(), true);
            case ELASTIC -> elastic();
            case TEMPLATES -> templates();
            case REROUTE -> new Reroute(job.microBatches(), recovery.get(RecoverySection.FILLS_BUBBLES));
            case REDUNDANT_STAGES -> redundantStages();
            case QUORUM -> new ReplicaQuorum(leastReplicas());
            case SHARDS -> new ShardedWork(shards(), recovery.get(RecoverySection.SHARD_SHARE));
            case JUST_IN_TIME ->
                new JustInTime(
                        recovery.get(RecoverySection.SAVE).map(SimTime::nanos).orElse(Math.max(1, writeNanos)));
            case DRAIN -> new ProactiveDrain(warnings());
            case REDUNDANCY -> redundancy();
        };
    }

    private int leastReplicas() {
        requireReplicas(1);
        long least = recovery.get(RecoverySection.LEAST_REPLICAS);
        int replicas = layout().replicas();
        if (least > replicas) {
            throw problem(
                    RecoverySection.LEAST_REPLICAS,
                    "the job has " + replicas + " replicas on nodes of their own, so it never goes on with " + least,
                    "write at most " + replicas);
        }
        return Math.toIntExact(least);
    }

    private ElasticShrink elastic() {
        return new ElasticShrink(
                leastReplicas(),
                recovery.get(RecoverySection.KEEPS_STATE),
                recovery.get(RecoverySection.ON_LOSS),
                growth());
    }

    private Rejoin growth() {
        return recovery.get(RecoverySection.GROWS) == RecoverySection.Growth.AT_ONCE
                ? Rejoin.AS_THEY_COME
                : Rejoin.AT_RESTART;
    }

    private int standbys() {
        requireSpares();
        long spares = cluster.all().nodes() - cluster.ofJob().nodes();
        Optional<Long> stated = recovery.get(RecoverySection.STANDBYS);
        if (stated.filter(many -> many > spares).isPresent()) {
            throw problem(
                    RecoverySection.STANDBYS,
                    stated.get() + " standbys are more than the spares, which are " + spares,
                    "life.spares: " + stated.get() + " nodes");
        }
        return stated.map(Math::toIntExact).orElseGet(this::standbysOfADay);
    }

    /** Nodes that fail on a day, but for one of a hundred; at least one. */
    private int standbysOfADay() {
        ClusterShape shape = cluster.ofJob();
        double nodesPerSecond = cluster.faults().causes().stream()
                .filter(cause -> cause.damage().takesNode())
                .mapToDouble(cause -> cluster.faults().ratePerSecond(cause, shape)
                        * (1 - cause.traits().transientShare())
                        * (cause.scope().endNode(0, shape) - cause.scope().firstNode(0, shape)))
                .sum();
        double recorded = cluster.faults()
                .replay()
                .map(trace -> trace.stopsPerSecond(shape))
                .orElse(0.0);
        nodesPerSecond += recorded;
        double ofOneNode = -Math.expm1(-nodesPerSecond / shape.nodes() * SECONDS_PER_DAY);
        return Math.max(1, SpareNodes.quantile(shape.nodes(), ofOneNode, STANDBY_CONFIDENCE));
    }

    private PipelineTemplates templates() {
        requireReplicas(1);
        int nodes = recovery.get(RecoverySection.TEMPLATE_NODES)
                .map(Math::toIntExact)
                .orElseGet(() -> layout().replicaNodes());
        int tolerated = Math.toIntExact(recovery.get(RecoverySection.TOLERATED));
        int ofJob = cluster.ofJob().nodes();
        if ((tolerated + 1L) * nodes > ofJob) {
            throw problem(
                    RecoverySection.TOLERATED,
                    (tolerated + 1L) + " pipelines of " + nodes + " nodes are more than the " + ofJob
                            + " nodes of the job",
                    "tolerate fewer losses, or write shorter template-nodes");
        }
        return new PipelineTemplates(nodes, tolerated, growth());
    }

    private RedundantStages redundantStages() {
        if (layout().stages() < 2) {
            throw problem(
                    "a replica has one pipeline stage on its nodes, so that no node has a neighbour",
                    "choose a pipeline of at least two stages on different nodes");
        }
        return new RedundantStages(
                recovery.get(RecoverySection.OVERHEAD),
                job.microBatches(),
                recovery.get(RecoverySection.FORMS_PIPELINES));
    }

    private ShardOffsets shards() {
        requireReplicas(1);
        int replicas = layout().replicas();
        Optional<Long> stated = recovery.get(RecoverySection.SHARDS);
        if (stated.isPresent()) {
            return offsets(replicas, Math.toIntExact(stated.get()))
                    .orElseThrow(() -> problem(
                            "with " + replicas + " replicas no layout of " + stated.get()
                                    + " shards each keeps two of them from sharing more than one",
                            "take fewer shards or more replicas"));
        }
        for (int redundancy = ShardRedundancy.bestRedundancy(replicas); redundancy > 1; redundancy--) {
            Optional<ShardOffsets> offsets = offsets(replicas, redundancy);
            if (offsets.isPresent()) {
                return offsets.get();
            }
        }
        return ShardOffsets.spread(replicas, 1);
    }

    private static Optional<ShardOffsets> offsets(int replicas, int redundancy) {
        try {
            return Optional.of(ShardOffsets.spread(replicas, redundancy));
        } catch (IllegalArgumentException tooFew) {
            return Optional.empty();
        }
    }

    private Warnings warnings() {
        requireSpares();
        return new Warnings(
                recovery.get(RecoverySection.RECALL),
                recovery.get(RecoverySection.PRECISION),
                Math.max(1, SimTime.nanos(recovery.get(RecoverySection.LEAD))));
    }

    private JobRedundancy redundancy() {
        requireReplicas(2);
        return new JobRedundancy(recovery.get(RecoverySection.REDUNDANT_SCOPE), Rejoin.IN_BACKGROUND);
    }

    /** Without spares, these policies would do the same as {@code replace}. */
    private void requireSpares() {
        if (cluster.all().nodes() == cluster.ofJob().nodes()) {
            throw problem(
                    "policy " + ChoiceType.word(recovery.get(RecoverySection.POLICY))
                            + " needs spares, and the cluster has none",
                    "life.spares: 2 nodes");
        }
    }

    /** A policy that does without replicas needs to know which nodes they have. */
    private void requireReplicas(int multiple) {
        if (!fillsNodes()) {
            throw problem(
                    "a replica of " + gpusPerReplica() + " GPUs does not fill whole nodes of " + gpusPerNode()
                            + " GPUs, so the job cannot go on without one of them",
                    "choose degrees whose product is a multiple of the GPUs of a node");
        }
        int replicas = layout().replicas();
        if (replicas % multiple != 0) {
            throw problem(
                    replicas + " replicas on nodes of their own do not make pairs",
                    "choose an even number of replicas, each on nodes of its own");
        }
    }

    private ScenarioException problem(String message, String hint) {
        return problem(RecoverySection.POLICY, message, hint);
    }

    private ScenarioException problem(Field<?> field, String message, String hint) {
        return new ScenarioException(Problem.at(recovery.position(field), Problem.Kind.PLAN, message, hint));
    }
}
