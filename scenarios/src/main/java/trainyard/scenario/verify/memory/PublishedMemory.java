package trainyard.scenario.verify.memory;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.memory.MemoryComponent;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.memory.ModelStates;
import trainyard.parallel.memory.StageMemory;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Precision;

/** Scores one row of a table of memory figures, each a quantity with its unit. */
final class PublishedMemory {

    static final List<String> COLUMNS = List.of(
            "id", "model", "layers", "hidden", "heads", "tp", "pp", "mbs", "recompute", "quantity", "value", "unit");

    private static final int MOST = 1_000_000_000;
    private static final int MOST_LAYERS = 100_000;
    private static final Pattern BILLIONS = Pattern.compile("([0-9.]+)\\s*([BT])");

    private final HardwareCatalog catalog;

    PublishedMemory(HardwareCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * @throws RowSkipped if the figure is none of memory or an input is not stated
     */
    RowScore score(CsvRow row) {
        String quantity = row.text("quantity").toLowerCase(Locale.ROOT);
        double predicted;
        if (quantity.startsWith("model states")) {
            predicted = statesOfRank(row) / bytesPerUnit(row);
        } else if (quantity.startsWith("params+grads+optimizer")) {
            predicted = states(stage(row, 0)) / bytesPerUnit(row);
        } else if (quantity.startsWith("activations per gpu")) {
            predicted = activations(stage(row, 0)) / bytesPerUnit(row);
        } else if (quantity.startsWith("activation memory relative")) {
            predicted = 100 * activations(stage(row, middle(row))) / activations(baseline(row));
        } else if (quantity.startsWith("nvidia-smi per gpu")) {
            int stage = quantity.contains("middle") ? middle(row) : 0;
            predicted = stage(row, stage).totalBytes() / bytesPerUnit(row);
        } else if (quantity.equals("checkpoint save time")) {
            throw RowSkipped.missing("bandwidth of the storage, without which the checkpoint save time is not known");
        } else {
            throw RowSkipped.notBuilt("memory figure '" + row.text("quantity") + "'");
        }
        return RowScore.scored(
                row.text("id"),
                row.text("quantity"),
                predicted,
                row.number("value"),
                row.text("unit"),
                row.text("gate"));
    }

    private static double bytesPerUnit(CsvRow row) {
        return switch (row.text("unit")) {
            case "GB" -> 1e9;
            case "GiB" -> 1024.0 * 1024 * 1024;
            default -> throw RowSkipped.unknown("unit", row.text("unit"));
        };
    }

    /** What a rank of the given number of replicas keeps of a model of which only the size is stated. */
    private static double statesOfRank(CsvRow row) {
        Matcher size = BILLIONS.matcher(row.requiredText("model"));
        if (!size.find()) {
            throw RowSkipped.unknown("model", "no size in '" + row.text("model") + "'");
        }
        double parameters = Double.parseDouble(size.group(1)) * (size.group(2).equals("T") ? 1e12 : 1e9);
        return ModelStates.of(
                        parameters,
                        PrecisionRecipe.FP16,
                        Architecture.AMPERE,
                        Precision.FP16.bytes(),
                        row.integer("zero_stage", 0, 3),
                        row.integer("dp", 1, MOST))
                .totalBytes();
    }

    private static double states(StageMemory stage) {
        return stage.bytes().get(MemoryComponent.PARAMETERS)
                + stage.bytes().get(MemoryComponent.GRADIENTS)
                + stage.bytes().get(MemoryComponent.OPTIMIZER_STATE);
    }

    private static double activations(StageMemory stage) {
        return stage.bytes().get(MemoryComponent.ACTIVATIONS);
    }

    private StageMemory stage(CsvRow row, int stage) {
        ParallelPlan plan = plan(row)
                .with(recompute(row))
                .withSequenceParallel(row.text("seq_parallel").equals("yes"));
        return MemoryModel.estimate(job(row, plan)).stages().get(stage);
    }

    /** A stage of layers alone, with neither embedding nor head. */
    private static int middle(CsvRow row) {
        return row.integer("pp", 1, MOST) / 2;
    }

    /** Tensor parallelism alone: everything kept, nothing split along the sequence. */
    private StageMemory baseline(CsvRow row) {
        return MemoryModel.estimate(job(row, plan(row))).stages().get(middle(row));
    }

    private static ParallelPlan plan(CsvRow row) {
        int data = row.isBlank("dp") ? 1 : row.integer("dp", 1, MOST);
        int chunks = row.isBlank("vpp") ? 1 : row.integer("vpp", 1, MOST);
        int zero = row.isBlank("zero_stage") ? 0 : row.integer("zero_stage", 0, 3);
        return ParallelPlan.of(Degrees.of(row.integer("tp", 1, MOST), row.integer("pp", 1, MOST), data))
                .with(Pipelining.oneForwardOneBackward(chunks))
                .with(Sharding.zero(zero));
    }

    private static Recompute recompute(CsvRow row) {
        String words = row.text("recompute").toLowerCase(Locale.ROOT);
        return switch (words) {
            case "full" -> Recompute.FULL;
            case "selective" -> Recompute.SELECTIVE;
            default -> Recompute.NONE;
        };
    }

    private TrainingJob job(CsvRow row, ParallelPlan plan) {
        int hidden = row.integer("hidden", 1, MOST);
        int sequence = row.integer("seq", 1, MOST);
        int vocabulary = row.integer("vocab", 1, MOST);
        int multiple = 128 * plan.tensor();
        TransformerModel model = TransformerModel.gpt(
                row.text("model"),
                row.integer("layers", 1, MOST_LAYERS),
                hidden,
                4 * hidden,
                row.integer("heads", 1, MOST),
                (vocabulary + multiple - 1) / multiple * multiple,
                sequence);
        int micro = row.integer("mbs", 1, MOST);
        // Enough micro-batches to fill the pipeline; more change no peak.
        Batch batch = new Batch(micro * plan.data() * plan.chunks(), micro, sequence);
        return new TrainingJob(
                model, batch, PrecisionRecipe.FP16, plan, cluster(row, plan), SoftwareProfiles.named("megatron-2022"));
    }

    private ClusterSpec cluster(CsvRow row, ParallelPlan plan) {
        String gpu = catalog.gpu(row.requiredText("gpu")).name();
        var node = catalog.node(gpu.startsWith("V100") ? "DGX-1 V100" : "DGX A100", gpu);
        return new ClusterSpec(node, (plan.gpus() + node.gpus() - 1) / node.gpus(), catalog.fabric("IB HDR"));
    }
}
