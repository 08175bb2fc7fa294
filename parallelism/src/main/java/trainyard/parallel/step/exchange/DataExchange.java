package trainyard.parallel.step.exchange;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.model.ParameterCount;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.GroupShape;

/**
 * Exchanges among the ranks that hold the same weights: replicas of the batch and ranks that split its sequences; experts
 * have fewer such ranks. Summing gradients that all keep is an all-reduce; where they are sharded it is
 * a reduce-scatter within each group of {@link trainyard.parallel.plan.Sharding#group} ranks, then an all-reduce of the
 * shards over the groups. Weights are gathered within the group (Rajbhandari et al. 2020, section 7; Zhao et al. 2023,
 * section 3.2).
 */
public final class DataExchange {

    private final TrainingJob job;
    private final CollectiveModel collectives;
    private final GroupShape shardGroup;
    private final GroupShape replicaGroup;
    private final GroupShape expertShardGroup;
    private final GroupShape expertReplicaGroup;

    /**
     * @param placement which ranks share a node
     */
    public DataExchange(TrainingJob job, CollectiveModel collectives, RankPlacement placement) {
        this.job = job;
        this.collectives = collectives;
        this.shardGroup = placement.shardGroup();
        this.replicaGroup = placement.replicaGroup();
        this.expertShardGroup = placement.expertShardGroup();
        this.expertReplicaGroup = placement.expertReplicaGroup();
    }

    /** Seconds to gather the weights of so many parameters; 0 where every rank has them. */
    public double gather(ParameterCount parameters) {
        double bytes = job.precision().gatheredWeightBytes();
        return seconds(Collective.ALL_GATHER, parameters.dense() * bytes, shardGroup)
                + seconds(Collective.ALL_GATHER, parameters.expert() * bytes, expertShardGroup);
    }

    /** Seconds to sum so many gradients within the group, each rank keeping its shard; 0 where none is sharded. */
    public double reduceScatter(ParameterCount gradients) {
        double bytes = bytesPerGradient();
        return seconds(Collective.REDUCE_SCATTER, gradients.dense() * bytes, shardGroup)
                + seconds(Collective.REDUCE_SCATTER, gradients.expert() * bytes, expertShardGroup);
    }

    /** Seconds to sum over the groups what {@link #reduceScatter} leaves of so many gradients. */
    public double acrossGroups(ParameterCount gradients) {
        double dense = gradients.dense() * bytesPerGradient() / job.plan().shardRanks();
        double expert = gradients.expert() * bytesPerGradient() / job.plan().expertShardRanks();
        return seconds(Collective.ALL_REDUCE, dense, replicaGroup)
                + seconds(Collective.ALL_REDUCE, expert, expertReplicaGroup);
    }

    /** Seconds to sum so many gradients over all ranks of equal weights. */
    public double reduce(ParameterCount gradients) {
        return job.software().has(SoftwareFeature.DEEPSPEED_BUFFERS)
                ? whole(gradients)
                : reduceScatter(gradients) + acrossGroups(gradients);
    }

    /**
     * DeepSpeed sums gradients whole although ranks share the states: ZeRO-1 buckets them without its contiguous buffer, which
     * ends in an all-reduce (runtime/engine.py, _configure_zero_optimizer; runtime/zero/stage_1_and_2.py, reduce_ipg_grads),
     * and in bf16 the 32-bit sums are all-reduced (runtime/pipe/engine.py, _bf16_reduce_grads; bf16_optimizer.py,
     * get_grads_for_reduction).
     */
    private double whole(ParameterCount gradients) {
        double bytes = bytesPerGradient();
        return seconds(Collective.ALL_REDUCE, gradients.dense() * bytes, shardGroup)
                + seconds(Collective.ALL_REDUCE, gradients.expert() * bytes, expertShardGroup)
                + acrossGroups(gradients);
    }

    /** Bytes in which a gradient travels. */
    public double bytesPerGradient() {
        return job.bytesPerGradient();
    }

    private double seconds(Collective operation, double bytes, GroupShape group) {
        return group.ranks() == 1 || bytes == 0
                ? 0
                : collectives.time(operation, bytes, group).seconds();
    }
}
