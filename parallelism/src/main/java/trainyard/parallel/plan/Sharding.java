package trainyard.parallel.plan;

import java.util.Objects;
import java.util.Optional;
import trainyard.sim.hardware.Precision;

/**
 * What the data-parallel ranks share out among them instead of each holding a copy (Rajbhandari et al. 2020, ZeRO; Zhao et
 * al. 2023, PyTorch FSDP).
 *
 * @param zeroStage 0 nothing, 1 the optimizer state, 2 gradients too, 3 weights too
 * @param group ranks that hold one copy between them, 0 for all; fewer than all give replicated groups (hybrid sharding,
 *     HSDP), whose gradients are summed over the groups as well
 * @param reshard how long gathered weights are kept
 * @param prefetch layers whose weights are gathered ahead of the one that computes; 0 gathers each when it is needed
 * @param reduceEachMicroBatch whether gradients are summed over the ranks after every micro-batch, so that no rank ever
 *     holds all of them; else after the last one only (FSDP {@code no_sync})
 * @param reduction format in which gradients are summed over the ranks; empty: the one that the software keeps them in
 */
public record Sharding(
        int zeroStage,
        int group,
        Reshard reshard,
        int prefetch,
        boolean reduceEachMicroBatch,
        Optional<Precision> reduction) {

    /** Every rank holds everything. */
    public static final Sharding NONE = zero(0);

    /**
     * Layers that PyTorch FSDP gathers ahead: its rate limiter lets two sets of gathered weights exist, the one in use and
     * the next (torch.distributed.fsdp, limit_all_gathers).
     */
    private static final int FSDP_PREFETCH = 1;

    public Sharding {
        Objects.requireNonNull(reshard, "reshard");
        Objects.requireNonNull(reduction, "reduction");
        if (zeroStage < 0 || zeroStage > 3) {
            throw new PlanException("zero", "zero must be between 0 and 3, got " + zeroStage);
        }
        if (group < 0) {
            throw new PlanException("shard-group", "shard-group must not be negative, got " + group);
        }
        if (group > 0 && zeroStage == 0) {
            throw new PlanException("shard-group", "shard-group " + group + " needs zero 1, 2 or 3");
        }
        if (reshard != Reshard.AFTER_STEP && zeroStage < 3) {
            throw new PlanException("reshard", "zero " + zeroStage + " keeps all weights; only zero 3 reshards them");
        }
        if (prefetch < 0) {
            throw new PlanException("prefetch", "prefetch must not be negative, got " + prefetch);
        }
        if (reduceEachMicroBatch && zeroStage < 2) {
            throw new PlanException(
                    "reduce-each-micro-batch", "only zero 2 and 3 sum gradients after every micro-batch");
        }
    }

    /** The given stage of ZeRO over all data-parallel ranks, the next layer's weights gathered ahead. */
    public static Sharding zero(int stage) {
        Reshard reshard = stage < 3 ? Reshard.AFTER_STEP : Reshard.AFTER_FORWARD;
        return new Sharding(stage, 0, reshard, FSDP_PREFETCH, stage >= 2, Optional.empty());
    }

    public Sharding withGroup(int ranks) {
        return new Sharding(zeroStage, ranks, reshard, prefetch, reduceEachMicroBatch, reduction);
    }

    public Sharding with(Reshard other) {
        return new Sharding(zeroStage, group, other, prefetch, reduceEachMicroBatch, reduction);
    }

    public Sharding withReduceEachMicroBatch(boolean each) {
        return new Sharding(zeroStage, group, reshard, prefetch, each, reduction);
    }

    public Sharding withReduction(Precision format) {
        return new Sharding(zeroStage, group, reshard, prefetch, reduceEachMicroBatch, Optional.of(format));
    }

    /** Whether the passes price the sums of gradients, layer by layer, and not the step as a whole. */
    public boolean sumsInPasses() {
        return zeroStage >= 2;
    }

    /** Whether every pass exchanges weights or gradients, and not only the first or the last of a step. */
    public boolean exchangesInEveryPass() {
        return reduceEachMicroBatch || zeroStage == 3 && reshard != Reshard.AFTER_STEP;
    }

    /** Ranks that hold one copy between them. */
    public int ranks(int dataRanks) {
        return zeroStage == 0 ? 1 : group == 0 ? dataRanks : group;
    }
}
