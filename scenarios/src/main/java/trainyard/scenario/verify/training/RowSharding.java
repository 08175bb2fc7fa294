package trainyard.scenario.verify.training;

import trainyard.parallel.plan.Reshard;
import trainyard.parallel.plan.Sharding;
import trainyard.sim.hardware.Precision;

/** What the data-parallel ranks of a row share out, from its columns {@code zero_stage} and {@code sharding}. */
final class RowSharding {

    private RowSharding() {}

    /**
     * SHARD_GRAD_OP of PyTorch FSDP keeps gathered weights from the forward to the backward pass and shards them
     * between steps. HSDP holds a copy in every node, PyTorch's default. torchtitan shards all states and sums gradients in
     * 32 bits; in a pipeline it keeps what it has gathered and sums after the last micro-batch (parallelize_llama.py,
     * apply_fsdp; torch.distributed.pipelining).
     */
    static Sharding of(RowCells cells) {
        if (RowSoftware.isTorchtitan(cells)) {
            return torchtitan(cells);
        }
        String words = cells.words("sharding");
        int stage = (int) cells.optionalNumber("zero_stage").orElse(0);
        boolean fsdp = words.contains("fsdp") || words.contains("shard_grad_op") || words.contains("full_shard");
        if (!fsdp) {
            return Sharding.zero(stage);
        }
        Sharding sharding = Sharding.zero(3);
        if (stage == 2) {
            sharding = sharding.with(Reshard.AFTER_BACKWARD);
        }
        if (words.contains("hsdp")) {
            sharding = sharding.withGroup(cells.count("gpus_per_node"));
        }
        return words.contains("pure") || words.contains("hsdp") || words.equals("fsdp")
                ? sharding.withReduction(Precision.BF16)
                : sharding;
    }

    private static Sharding torchtitan(RowCells cells) {
        String words = cells.words("sharding");
        if (words.contains("ddp") || words.startsWith("none")) {
            return Sharding.zero(0);
        }
        Sharding sharding = Sharding.zero(3);
        if (words.contains("hsdp")) {
            sharding = sharding.withGroup(cells.count("gpus_per_node"));
        }
        return cells.optionalCount("pp").orElse(1) > 1
                ? sharding.with(Reshard.AFTER_STEP).withReduceEachMicroBatch(false)
                : sharding;
    }
}
