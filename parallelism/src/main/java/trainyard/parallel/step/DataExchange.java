package trainyard.parallel.step;

import trainyard.parallel.job.TrainingJob;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.GroupShape;

/**
 * Exchanges among the data-parallel ranks. Summing gradients that all keep is an all-reduce; where they are sharded it is
 * a reduce-scatter within each group of {@link trainyard.parallel.plan.Sharding#group} ranks, then an all-reduce of the
 * shards over the groups. Weights are gathered within the group (Rajbhandari et al. 2020, section 7; Zhao et al. 2023,
 * section 3.2).
 */
final class DataExchange {

    private final TrainingJob job;
    private final CollectiveModel collectives;
    private final GroupShape shardGroup;
    private final GroupShape replicaGroup;

    DataExchange(TrainingJob job, CollectiveModel collectives, RankPlacement placement) {
        this.job = job;
        this.collectives = collectives;
        this.shardGroup = placement.shardGroup();
        this.replicaGroup = placement.replicaGroup();
    }

    /** Seconds to gather the weights of so many parameters; 0 where every rank has them. */
    double gather(double parameters) {
        // Formats below 16 bits exist only inside the products; weights travel in 16 bits.
        double bytes = Math.max(2, job.precision().bytes());
        return seconds(Collective.ALL_GATHER, parameters * bytes, shardGroup);
    }

    /** Seconds to sum gradients of so many bytes within the group, each rank keeping its shard; 0 where none is sharded. */
    double reduceScatter(double bytes) {
        return seconds(Collective.REDUCE_SCATTER, bytes, shardGroup);
    }

    /** Seconds to sum over the groups what {@link #reduceScatter} leaves of so many bytes. */
    double acrossGroups(double bytes) {
        return seconds(Collective.ALL_REDUCE, bytes / job.plan().shardRanks(), replicaGroup);
    }

    /** Seconds to sum gradients of so many bytes over all data-parallel ranks. */
    double reduce(double bytes) {
        return reduceScatter(bytes) + acrossGroups(bytes);
    }

    /** Bytes in which a gradient travels. */
    double bytesPerGradient() {
        return job.plan()
                .sharding()
                .reduction()
                .map(format -> format.bytes())
                .orElse(job.software().gradients().bytesPerElement());
    }

    private double seconds(Collective operation, double bytes, GroupShape group) {
        return group.ranks() == 1 || bytes == 0
                ? 0
                : collectives.time(operation, bytes, group).seconds();
    }
}
