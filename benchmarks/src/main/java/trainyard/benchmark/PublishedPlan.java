package trainyard.benchmark;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Plans that somebody has trained with. */
enum PublishedPlan {
    /** GPT-3 175B on 64 A100s, tensor 8, pipeline 8 in 3 chunks (Korthikanti et al. 2022, table 3). */
    GPT_175B("gpt3-175b", new Batch(64, 1, 2048), Degrees.of(8, 8, 1), 3),
    /** 76B on 1,024 A100s (Narayanan et al. 2021, table 1). */
    GPT_76B("gpt-76b", new Batch(1792, 2, 2048), Degrees.of(8, 4, 32), 3),
    /** 1T on 3,072 A100s (Narayanan et al. 2021, table 1). */
    GPT_1T("gpt-1t", new Batch(3072, 1, 2048), Degrees.of(8, 64, 6), 1),
    /** Llama 3 405B on 16,384 H100s, 16 million tokens (Grattafiori et al. 2024, table 4). */
    LLAMA_405B("llama3-405b", new Batch(2048, 1, 8192), Degrees.of(8, 16, 128), 1);

    private final String model;
    private final Batch batch;
    private final Degrees degrees;
    private final int chunks;

    PublishedPlan(String model, Batch batch, Degrees degrees, int chunks) {
        this.model = model;
        this.batch = batch;
        this.degrees = degrees;
        this.chunks = chunks;
    }

    static PublishedPlan of(int gpus) {
        for (PublishedPlan plan : values()) {
            if (plan.degrees.ranks() == gpus) {
                return plan;
            }
        }
        throw new IllegalArgumentException("no plan for " + gpus + " GPUs");
    }

    TrainingJob job() {
        HardwareCatalog catalog = HardwareCatalog.load();
        boolean llama = this == LLAMA_405B;
        int nodes = degrees.ranks() / 8;
        ParallelPlan plan = ParallelPlan.of(degrees).with(Pipelining.oneForwardOneBackward(chunks));
        return new TrainingJob(
                ModelPresets.named(model),
                batch,
                llama ? PrecisionRecipe.BF16 : PrecisionRecipe.FP16,
                llama ? plan.with(Sharding.zero(1)) : plan.with(Recompute.FULL),
                llama
                        ? new ClusterSpec(catalog.node("DGX H100"), nodes, catalog.fabric("IB NDR"))
                        : new ClusterSpec(catalog.node("DGX A100"), nodes, catalog.fabric("IB HDR")),
                SoftwareProfiles.named(llama ? "megatron-core-2024" : "megatron-2021"));
    }
}
