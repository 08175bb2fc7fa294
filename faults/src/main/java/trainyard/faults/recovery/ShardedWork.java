package trainyard.faults.recovery;

import java.util.BitSet;
import java.util.Objects;
import trainyard.faults.analytic.ShardRedundancy;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.ShardOffsets;
import trainyard.faults.layout.Slots;

/**
 * The batch is cut into as many shards as there are replicas, and each replica can compute r of them. As long as each shard
 * has a replica that is left, those share the work of the others, ceil(N / (N - k)) shards each with k of N lost; else the
 * whole job starts again from a snapshot with all replicas (SPARe, ICML 2026). Replicas that are lost stay out until then.
 *
 * @param offsets which shards a replica has
 * @param shardShare share of a step of the whole job that each further shard takes again, in [0, 1]; the rest, such as the
 *     exchange of gradients, is done once
 */
public record ShardedWork(ShardOffsets offsets, double shardShare) implements RecoveryPolicy {

    public ShardedWork {
        Objects.requireNonNull(offsets, "offsets");
        if (!(shardShare >= 0 && shardShare <= 1)) {
            throw new IllegalArgumentException("the share of a shard must lie in [0, 1], got " + shardShare);
        }
    }

    /** All of a step is done again for each further shard. */
    public ShardedWork(ShardOffsets offsets) {
        this(offsets, 1);
    }

    @Override
    public String name() {
        return "shards";
    }

    @Override
    public Reaction react(Situation situation) {
        return goesOn(situation)
                ? new Reaction.GoOn(situation.layout().replicaNodes(), Rejoin.NEVER)
                : new Reaction.Replace(Start.COLD);
    }

    @Override
    public StateSource source(Situation situation) {
        return goesOn(situation) ? StateSource.SURVIVORS : StateSource.SNAPSHOT;
    }

    private boolean goesOn(Situation situation) {
        return coversAll(situation) && situation.hasStateLeft();
    }

    private boolean coversAll(Situation situation) {
        JobLayout layout = situation.layout();
        BitSet lost = new BitSet();
        Slots blank = situation.blank();
        for (int slot = blank.next(0); slot >= 0; ) {
            lost.set(layout.replicaOf(slot));
            slot = blank.next((layout.replicaOf(slot) + 1) * layout.replicaNodes());
        }
        return offsets.coversAll(layout.replicas(), lost);
    }

    @Override
    public Pace pace(Formation formation) {
        JobLayout layout = formation.layout();
        int lost = layout.replicas() - layout.replicasWithout(formation.without());
        long stacks = lost == 0 ? 1 : ShardRedundancy.stacks(layout.replicas(), lost);
        double factor = 1 + (stacks - 1) * shardShare;
        return formation.wholeBatch(Math.round(formation.wholeStepNanos() * factor));
    }

    @Override
    public boolean needsCopies() {
        return true;
    }
}
