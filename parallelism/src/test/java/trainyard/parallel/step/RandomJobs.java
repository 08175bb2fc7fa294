package trainyard.parallel.step;

import java.util.List;
import java.util.Random;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.schedule.Schedule;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Random plans of GPT and Llama models that do not contradict themselves. */
final class RandomJobs {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    private static final Schedule[] SCHEDULES = {Schedule.GPIPE, Schedule.ONE_F_ONE_B, Schedule.INTERLEAVED};

    private static final String[] SOFTWARE = {"megatron-2021", "megatron-2022", "megatron-core-2024"};

    private RandomJobs() {}

    static TrainingJob job(Random random) {
        Schedule schedule = schedule(random);
        int pipeline = schedule == Schedule.INTERLEAVED ? 2 << random.nextInt(3) : 1 << random.nextInt(5);
        int virtual = schedule == Schedule.INTERLEAVED ? 2 + random.nextInt(2) : 1;
        int tensor = 1 << random.nextInt(4);
        int data = 1 << random.nextInt(5);
        ParallelPlan plan = new ParallelPlan(
                Degrees.of(tensor, pipeline, data),
                new Pipelining(schedule, virtual, List.of()),
                Sharding.zero(random.nextInt(2)),
                tensor > 1 && random.nextBoolean(),
                pick(Recompute.values(), random));
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
                new ClusterSpec(CATALOG.node("DGX A100"), (plan.gpus() + 7) / 8, CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named(pick(SOFTWARE, random)));
    }

    static Schedule schedule(Random random) {
        return pick(SCHEDULES, random);
    }

    private static <T> T pick(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
