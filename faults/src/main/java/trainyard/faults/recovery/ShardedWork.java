package trainyard.faults.recovery;

import java.util.BitSet;
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
 */
public record ShardedWork(ShardOffsets offsets) implements RecoveryPolicy {

    @Override
    public String name() {
        return "shards";
    }

    @Override
    public Reaction react(Situation situation) {
        return coversAll(situation)
                ? new Reaction.GoOn(situation.layout().replicaNodes(), Rejoin.NEVER)
                : new Reaction.Replace(Start.COLD);
    }

    @Override
    public StateSource source(Situation situation) {
        return coversAll(situation) ? StateSource.SURVIVORS : StateSource.SNAPSHOT;
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
        return formation.wholeBatch(Math.multiplyExact(formation.wholeStepNanos(), stacks));
    }
}
