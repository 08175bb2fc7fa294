package trainyard.parallel.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.ContextMethod;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.ExpertDispatch;
import trainyard.parallel.plan.ExpertOverlap;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Reshard;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.schedule.Schedule;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Random plans of GPT and Llama models that do not contradict themselves. */
public final class RandomJobs {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    private static final Schedule[] SCHEDULES = {Schedule.GPIPE, Schedule.ONE_F_ONE_B, Schedule.INTERLEAVED};

    private static final String[] SOFTWARE = {"megatron-2021", "megatron-2022", "megatron-core-2024"};

    private static final String[] ANY_SOFTWARE = {
        "megatron-2021", "megatron-2022", "megatron-core-2024", "deepspeed-zero3", "composer-fsdp", "torch-fsdp-compile"
    };

    /** Sizes that fit whole into nodes of eight, and others. */
    private static final Integer[] STAGES = {1, 2, 3, 4, 5, 6, 8};

    private static final Integer[] REPLICAS = {1, 2, 3, 4, 6, 8, 10, 16};

    private RandomJobs() {}

    static TrainingJob job(Random random) {
        Schedule schedule = schedule(random);
        int pipeline = schedule == Schedule.INTERLEAVED ? 2 << random.nextInt(3) : pick(STAGES, random);
        int virtual = schedule == Schedule.INTERLEAVED ? 2 + random.nextInt(2) : 1;
        int tensor = 1 << random.nextInt(4);
        int data = pick(REPLICAS, random);
        ParallelPlan plan = new ParallelPlan(
                Degrees.of(tensor, pipeline, data),
                new Pipelining(schedule, virtual, List.of()),
                Sharding.zero(random.nextInt(2)),
                tensor > 1 && random.nextBoolean(),
                pick(Recompute.WORDS.toArray(Recompute[]::new), random));
        int micro = 1 << random.nextInt(3);
        int microBatches = 1 + random.nextInt(random.nextBoolean() ? 8 : 200);
        boolean llama = random.nextBoolean();
        Model model = llama
                ? TransformerModel.llama("llama", 45 + random.nextInt(8), 4096, 11008, 32, 8, 32000)
                : TransformerModel.gpt("gpt", 45 + random.nextInt(8), 4096, 16384, 32, 51200, 2048);
        return new TrainingJob(
                model,
                new Batch(micro * data * microBatches, micro, 2048),
                PrecisionRecipe.FP16,
                plan,
                cluster(plan),
                SoftwareProfiles.named(pick(SOFTWARE, random)));
    }

    /** The same with all that a plan may hold besides: any schedule, sharding, context, experts, uneven stages. */
    static TrainingJob anyJob(Random random) {
        while (true) {
            try {
                return tryJob(random);
            } catch (PlanException contradiction) {
                // Most contradictions are of two draws, such as groups that do not divide the replicas: draw again.
            }
        }
    }

    private static TrainingJob tryJob(Random random) {
        boolean mixture = random.nextInt(3) == 0;
        int layers = 17 + random.nextInt(16);
        Degrees degrees = new Degrees(
                1 << random.nextInt(4),
                1 << random.nextInt(random.nextBoolean() ? 1 : 3),
                pick(STAGES, random),
                pick(REPLICAS, random),
                mixture ? 1 << random.nextInt(4) : 1);
        ParallelPlan plan = new ParallelPlan(
                degrees,
                pipelining(layers, degrees.pipeline(), random),
                sharding(random),
                degrees.tensor() > 1 && random.nextBoolean(),
                checkpointing(random),
                exchanges(random));
        int micro = 1 << random.nextInt(3);
        int microBatches = 1 + random.nextInt(random.nextBoolean() ? 8 : 60);
        return new TrainingJob(
                model(mixture, layers, random),
                new Batch(micro * degrees.data() * microBatches, micro, 2048),
                PrecisionRecipe.BF16,
                plan,
                cluster(plan),
                SoftwareProfiles.named(pick(ANY_SOFTWARE, random)));
    }

    private static ClusterSpec cluster(ParallelPlan plan) {
        return new ClusterSpec(CATALOG.node("DGX A100"), (plan.gpus() + 7) / 8, CATALOG.fabric("IB HDR"));
    }

    private static Model model(boolean mixture, int layers, Random random) {
        if (mixture) {
            Block block = new Block(GroupedQueryAttention.of(32, 8, 128), MixtureOfExperts.of(8, 2, 7168));
            return TransformerModel.of("mixture", layers, 4096, block, 32_000, false);
        }
        return random.nextBoolean()
                ? TransformerModel.llama("llama", layers, 4096, 11_008, 32, 8, 32_000)
                : TransformerModel.gpt("gpt", layers, 4096, 16_384, 32, 51_200, 2048);
    }

    private static Pipelining pipelining(int layers, int stages, Random random) {
        Schedule schedule = stages == 1 ? Schedule.ONE_F_ONE_B : pick(Schedule.values(), random);
        int chunks = schedule.chunksPerStage().orElse(2);
        Pipelining even = new Pipelining(schedule, chunks, List.of());
        int pieces = schedule.placement().pieces(stages, chunks);
        return random.nextInt(3) > 0 || pieces > layers ? even : even.withLayers(unequal(layers, pieces, random));
    }

    /** One layer each, and every further one to a piece at random. */
    private static List<Integer> unequal(int layers, int pieces, Random random) {
        int[] counts = new int[pieces];
        for (int i = 0; i < layers; i++) {
            counts[i < pieces ? i : random.nextInt(pieces)]++;
        }
        List<Integer> list = new ArrayList<>();
        for (int count : counts) {
            list.add(count);
        }
        return list;
    }

    private static Sharding sharding(Random random) {
        int stage = random.nextInt(4);
        Sharding sharding = Sharding.zero(stage);
        if (stage == 3) {
            sharding =
                    new Sharding(stage, 0, pick(Reshard.values(), random), random.nextInt(3), true, Optional.empty());
        }
        if (stage >= 2) {
            sharding = sharding.withReduceEachMicroBatch(random.nextBoolean());
        }
        return stage > 0 && random.nextInt(3) == 0 ? sharding.withGroup(2 << random.nextInt(3)) : sharding;
    }

    private static Checkpointing checkpointing(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Checkpointing.groups(1 + random.nextInt(4));
            case 1 -> Checkpointing.block(Recompute.FULL, random.nextInt(4));
            default -> Checkpointing.of(pick(Recompute.WORDS.toArray(Recompute[]::new), random));
        };
    }

    private static Exchanges exchanges(Random random) {
        return new Exchanges(
                pick(ContextMethod.values(), random),
                random.nextBoolean(),
                pick(ExpertDispatch.values(), random),
                pick(ExpertOverlap.values(), random));
    }

    public static Schedule schedule(Random random) {
        return pick(SCHEDULES, random);
    }

    private static <T> T pick(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
