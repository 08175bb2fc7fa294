package trainyard.parallel.memory;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.ParallelPlan;

/**
 * Which rank writes what of a checkpoint, so that all ranks together write it once. What is sharded (the optimizer's state
 * from ZeRO stage 1, weights at stage 3) each rank writes for its own part. Of what several ranks hold, be they replicas of
 * the batch, parts of its sequences, groups of hybrid sharding or the two ends of a DualPipe, the first writes it
 * (Megatron-LM, PyTorch), or each writes a part of it (ByteCheckpoint, NSDI 2025, section 4.2). What all tensor ranks hold,
 * such as norms, they share out, and a table that the last stage holds once more is the first stage's to write.
 *
 * <p>Ranks are numbered with the tensor index fastest, then context, data and pipeline; the experts of a stage lie on its
 * ranks in the same order (Megatron-Core, parallel_state.py).
 */
final class SnapshotWriters {

    private final TrainingJob job;
    private final ParallelPlan plan;
    private final ChunkLayout layout;
    private final boolean shared;
    private final ModelStates perParameter;

    /** @param shared whether ranks that hold the same share out its writing */
    SnapshotWriters(TrainingJob job, boolean shared) {
        this.job = job;
        this.plan = job.plan();
        this.layout = ChunkLayout.of(job.model(), plan);
        this.shared = shared;
        this.perParameter = ModelStates.of(job, 1, 0, 1);
    }

    /** The whole checkpoint. */
    double totalBytes() {
        return job.model().trainedParameters() * (perParameter.parameterBytes() + perParameter.optimizerBytes());
    }

    /** What each rank writes, in the order of the ranks. */
    double[] bytesOfRanks() {
        double[] bytes = new double[plan.gpus()];
        for (int stage = 0; stage < plan.pipeline(); stage++) {
            for (int chunk = 0; chunk < plan.virtualStages(); chunk++) {
                addChunk(stage, chunk, bytes);
            }
        }
        return bytes;
    }

    private void addChunk(int stage, int chunk, double[] bytes) {
        ParameterCount whole = layout.trainedOnce(layout.piece(stage, chunk));
        Holders dense = holders(chunk, plan.tensor(), plan.shardRanks());
        Holders expert = holders(chunk, plan.expert() == 1 ? plan.tensor() : plan.expert(), plan.expertShardRanks());
        int ranks = plan.degrees().ranksPerStage();
        for (int i = 0; i < ranks; i++) {
            bytes[stage * ranks + i] += written(whole.dense(), dense, i) + written(whole.expert(), expert, i);
        }
    }

    /** Where each piece lies on two stages, as a chunk of its own on each, the first chunk is the first copy. */
    private Holders holders(int chunk, int parts, int shardRanks) {
        int copies = plan.schedule().placement().copies();
        int ranks = plan.degrees().ranksPerStage();
        return new Holders(ranks / parts, parts, shardRanks, copies, copies == 1 ? 0 : chunk);
    }

    private double written(double parameters, Holders holders, int rank) {
        Holders whole = holders.unsharded();
        double weights = (plan.zeroStage() >= 3 ? holders : whole).shareOf(rank, shared);
        double optimizer = (plan.zeroStage() >= 1 ? holders : whole).shareOf(rank, shared);
        return parameters * (weights * perParameter.parameterBytes() + optimizer * perParameter.optimizerBytes());
    }

    /**
     * The ranks of a stage that hold something of the same kind.
     *
     * @param replicas ranks that hold the same part, or shards of it
     * @param parts parts that neighbours hold
     * @param shards shards of a part, which the replicas hold in turn; 1 where each holds all of it
     * @param copies stages that hold it
     * @param copy which of them this one is, from 0
     */
    private record Holders(int replicas, int parts, int shards, int copies, int copy) {

        Holders unsharded() {
            return new Holders(replicas, parts, 1, copies, copy);
        }

        /** Share of all parts that a rank of the stage writes. */
        double shareOf(int rank, boolean shared) {
            int replica = rank / parts;
            double shard = 1.0 / parts / shards;
            if (!shared) {
                return replica < shards && copy == 0 ? shard : 0;
            }
            int holdersOfShard = (replicas - 1 - replica % shards) / shards + 1;
            return shard / holdersOfShard / copies;
        }
    }
}
