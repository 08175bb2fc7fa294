package trainyard.parallel.plan;

import java.util.List;
import java.util.Objects;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Split;
import trainyard.parallel.schedule.Schedule;

/**
 * How a training job is spread over its GPUs.
 *
 * @param degrees ways each dimension is split
 * @param pipelining how the layers go through the stages
 * @param sharding what the data-parallel ranks share out
 * @param sequenceParallel whether the tensor ranks also split the sequence outside the matrix products (Korthikanti et al.
 *     2022, section 4.2.2)
 * @param checkpointing what the backward pass computes again
 * @param exchanges how ranks that split the sequence or the experts exchange what they need
 * @param offload what is moved out of device memory
 * @param gradients how replicas exchange gradients
 */
public record ParallelPlan(
        Degrees degrees,
        Pipelining pipelining,
        Sharding sharding,
        boolean sequenceParallel,
        Checkpointing checkpointing,
        Exchanges exchanges,
        Offload offload,
        GradientExchange gradients) {

    public ParallelPlan {
        Objects.requireNonNull(degrees, "degrees");
        Objects.requireNonNull(pipelining, "pipelining");
        Objects.requireNonNull(sharding, "sharding");
        Objects.requireNonNull(checkpointing, "checkpointing");
        Objects.requireNonNull(exchanges, "exchanges");
        offload.require(sharding.zeroStage());
        boolean mirrored = pipelining.schedule().placement().copies() > 1;
        gradients.require(sharding.zeroStage(), offload, mirrored);
        requireSplitSequence(degrees, sequenceParallel, exchanges);
        requireOwnTokens(degrees, sequenceParallel);
        int stages = degrees.pipeline();
        int chunksPerStage = pipelining.virtualStages();
        if ((long) stages * chunksPerStage > Integer.MAX_VALUE) {
            throw new PlanException(
                    "virtual-stages",
                    "pipeline " + stages + " x virtual-stages " + chunksPerStage + " is more than " + Integer.MAX_VALUE
                            + "; lower one");
        }
        requireStages(pipelining.schedule(), stages);
        int pieces = pipelining.schedule().placement().pieces(stages, chunksPerStage);
        requireWholeGroups(sharding.group(), degrees.gradientRanks());
        requireOneEach("layers-per-chunk", pipelining.layersPerChunk(), pieces, stages);
        if (checkpointing.layers().size() != 1) {
            requireOneEach("recompute-layers", checkpointing.layers(), pieces, stages);
        }
    }

    private static void requireOneEach(String key, List<Integer> layers, int pieces, int stages) {
        if (!layers.isEmpty() && layers.size() != pieces) {
            throw new PlanException(
                    key,
                    key + " has " + layers.size() + " entries, the plan has " + stages + " stages x " + pieces / stages
                            + " chunks");
        }
    }

    private static void requireStages(Schedule schedule, int stages) {
        if (schedule.chunksPerStage().orElse(2) > 1 && stages < 2) {
            throw new PlanException(
                    "schedule", "the schedule " + schedule.word() + " needs at least 2 pipeline stages");
        }
        if (schedule == Schedule.DUALPIPE && stages % 2 != 0) {
            throw new PlanException("pipeline", "dualpipe needs an even number of pipeline stages, got " + stages);
        }
    }

    private static void requireWholeGroups(int group, int ranks) {
        if (group > 0 && ranks % group != 0) {
            throw new PlanException(
                    "shard-group", "shard-group " + group + " does not divide data x context = " + ranks);
        }
    }

    /** A plan that keeps everything in device memory. */
    public ParallelPlan(
            Degrees degrees,
            Pipelining pipelining,
            Sharding sharding,
            boolean sequenceParallel,
            Checkpointing checkpointing,
            Exchanges exchanges) {
        this(
                degrees,
                pipelining,
                sharding,
                sequenceParallel,
                checkpointing,
                exchanges,
                Offload.NONE,
                GradientExchange.PLAIN);
    }

    /** A plan that recomputes the same in every layer. */
    public ParallelPlan(
            Degrees degrees,
            Pipelining pipelining,
            Sharding sharding,
            boolean sequenceParallel,
            Recompute recompute,
            Exchanges exchanges) {
        this(degrees, pipelining, sharding, sequenceParallel, Checkpointing.of(recompute), exchanges);
    }

    /** A plan with the plain exchanges. */
    public ParallelPlan(
            Degrees degrees, Pipelining pipelining, Sharding sharding, boolean sequenceParallel, Recompute recompute) {
        this(degrees, pipelining, sharding, sequenceParallel, recompute, Exchanges.PLAIN);
    }

    /** What is gathered or scattered piece by piece is the sequence. */
    private static void requireSplitSequence(Degrees degrees, boolean sequenceParallel, Exchanges exchanges) {
        if (exchanges.pipelinesProducts() && degrees.tensor() > 1 && !sequenceParallel) {
            throw new PlanException("tensor-overlap", "tensor-overlap: pipelined needs sequence-parallel: true");
        }
    }

    /** Without sequence parallelism all tensor ranks would send the same tokens to the experts. */
    private static void requireOwnTokens(Degrees degrees, boolean sequenceParallel) {
        if (degrees.expert() > 1 && degrees.tensor() > 1 && !sequenceParallel) {
            throw new PlanException(
                    "sequence-parallel",
                    "expert " + degrees.expert() + " with tensor " + degrees.tensor()
                            + " needs sequence-parallel: true, so that each tensor rank sends tokens of its own");
        }
    }

    /** A plan that splits as given and does nothing else: 1F1B, nothing shared out, nothing recomputed. */
    public static ParallelPlan of(Degrees degrees) {
        return new ParallelPlan(degrees, Pipelining.PLAIN, Sharding.NONE, false, Recompute.NONE);
    }

    /**
     * How the ranks of one stage divide a layer. Tensor ranks split experts like every other product while each holds all
     * of them; once experts lie on ranks of their own each is whole there (Megatron-Core: expert tensor size 1, as all
     * published recipes with expert parallelism set it).
     */
    public Split split() {
        int expertTensor = degrees.expert() == 1 ? degrees.tensor() : 1;
        return new Split(degrees.tensor(), sequenceParallel, degrees.context(), degrees.expert(), expertTensor);
    }

    public ParallelPlan with(Degrees other) {
        return new ParallelPlan(
                other, pipelining, sharding, sequenceParallel, checkpointing, exchanges, offload, gradients);
    }

    public ParallelPlan with(Pipelining other) {
        return new ParallelPlan(
                degrees, other, sharding, sequenceParallel, checkpointing, exchanges, offload, gradients);
    }

    public ParallelPlan with(Sharding other) {
        return new ParallelPlan(
                degrees, pipelining, other, sequenceParallel, checkpointing, exchanges, offload, gradients);
    }

    public ParallelPlan with(Checkpointing other) {
        return new ParallelPlan(degrees, pipelining, sharding, sequenceParallel, other, exchanges, offload, gradients);
    }

    /** The same with the given recomputation in every layer. */
    public ParallelPlan with(Recompute other) {
        return with(Checkpointing.of(other));
    }

    public ParallelPlan with(Exchanges other) {
        return new ParallelPlan(
                degrees, pipelining, sharding, sequenceParallel, checkpointing, other, offload, gradients);
    }

    public ParallelPlan with(Offload other) {
        return new ParallelPlan(
                degrees, pipelining, sharding, sequenceParallel, checkpointing, exchanges, other, gradients);
    }

    public ParallelPlan with(GradientExchange other) {
        return new ParallelPlan(
                degrees, pipelining, sharding, sequenceParallel, checkpointing, exchanges, offload, other);
    }

    public ParallelPlan withSequenceParallel(boolean split) {
        return new ParallelPlan(degrees, pipelining, sharding, split, checkpointing, exchanges, offload, gradients);
    }

    public int tensor() {
        return degrees.tensor();
    }

    public int context() {
        return degrees.context();
    }

    public int expert() {
        return degrees.expert();
    }

    public int pipeline() {
        return degrees.pipeline();
    }

    public int data() {
        return degrees.data();
    }

    /** What the layers that recompute compute again. */
    public Recompute recompute() {
        return checkpointing.recompute();
    }

    public Schedule schedule() {
        return pipelining.schedule();
    }

    public int virtualStages() {
        return pipelining.virtualStages();
    }

    public int zeroStage() {
        return sharding.zeroStage();
    }

    /** Ranks that hold one copy of the sharded dense states between them; 1 where nothing is sharded. */
    public int shardRanks() {
        return sharding.ranks(degrees.gradientRanks());
    }

    /**
     * Ranks that hold one copy of the sharded states of an expert between them; 1 where nothing is sharded. A group of ranks
     * that share dense states shares those of the experts that lie within it: of as many parts as there are groups (Megatron-Core,
     * parallel_state.py: expert data-parallel size / num_distributed_optimizer_instances; torchtitan, parallel_dims.py:
     * dp_shard x cp x tp / ep). Where a group holds less than one copy of the experts, nobody shares them.
     */
    public int expertShardRanks() {
        if (zeroStage() == 0) {
            return 1;
        }
        int ranks = degrees.expertGradientRanks();
        if (sharding.group() == 0) {
            return ranks;
        }
        int shards = (int) Math.max(1, (long) ranks * shardRanks() / degrees.gradientRanks());
        while (ranks % shards != 0) {
            shards--;
        }
        return shards;
    }

    /**
     * Replicas whose ranks wait for each other within a pass, at least one; a divisor of all. They share experts, or are all
     * where weights or gradients are exchanged in every pass (ZeRO-2 and 3, FSDP).
     */
    public int replicasInLockstep() {
        if (sharding.exchangesInEveryPass() && shardRanks() > 1) {
            return data();
        }
        int ranksPerReplica = tensor() * context();
        int sharing = Math.max(1, (expert() + ranksPerReplica - 1) / ranksPerReplica);
        return data() % sharing == 0 ? sharing : data();
    }

    /** Parameters of its own that a rank updates, of those that the ranks would each hold if nothing were sharded. */
    public double ownShare(ParameterCount parameters) {
        return parameters.dense() / shardRanks() + parameters.expert() / expertShardRanks();
    }

    /** GPUs that the plan occupies. */
    public int gpus() {
        return degrees.ranks();
    }

    /** Pieces that the model is cut into: one for every chunk of every stage, save where each piece lies on two. */
    public int chunks() {
        return schedule().placement().pieces(pipeline(), virtualStages());
    }
}
