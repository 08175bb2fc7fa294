package trainyard.parallel.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.schedule.Schedule;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** A small job and a few values of every dimension that a search knows. */
final class RandomSpace {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    private final Random random;
    private final boolean mixture;
    private final int nodes;

    RandomSpace(Random random) {
        this.random = random;
        this.mixture = random.nextInt(3) == 0;
        this.nodes = 1 + random.nextInt(4);
    }

    UnplannedJob job() {
        return new UnplannedJob(
                model(),
                (nodes == 3 ? 48 : 32) << random.nextInt(3),
                2048,
                PrecisionRecipe.BF16,
                new ClusterSpec(CATALOG.node("DGX A100"), nodes, CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named(some(List.of("megatron-2022", "megatron-core-2024", "torch-fsdp-compile"), 1)
                        .get(0)));
    }

    private Model model() {
        int layers = 8 * (1 + random.nextInt(4));
        if (mixture) {
            Block block = new Block(GroupedQueryAttention.of(32, 8, 128), MixtureOfExperts.of(8, 2, 4096));
            return TransformerModel.of("mixture", layers, 4096, block, 32_000, false);
        }
        return TransformerModel.llama("llama", layers, 4096, 11_008, 32, 8, 32_000);
    }

    SearchSpace space() {
        return new SearchSpace(
                some(List.of(8 * nodes, 4 * nodes), 1),
                some(List.of(1, 2, 4, 8), 2),
                some(List.of(1, 2), 1),
                some(nodes == 3 ? List.of(1, 2, 3) : List.of(1, 2, 4), 2),
                List.of(),
                mixture ? some(List.of(1, 2, 4), 2) : List.of(),
                List.of(2),
                some(List.of(1, 2, 4), 2),
                some(List.of(0, 1, 2, 3), 2),
                some(Recompute.WORDS, 2),
                List.of(true, false),
                some(List.of(Schedule.values()), 3),
                1);
    }

    /** So many of the values, in their order. */
    private <T> List<T> some(List<T> values, int count) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            places.add(i);
        }
        Collections.shuffle(places, random);
        return places.subList(0, count).stream().sorted().map(values::get).toList();
    }
}
