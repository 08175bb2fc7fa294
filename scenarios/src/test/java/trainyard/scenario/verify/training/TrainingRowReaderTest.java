package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.model.transformer.PositionEncoding;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.ExpertDispatch;
import trainyard.parallel.plan.ExpertOverlap;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Reshard;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.schedule.Schedule;
import trainyard.scenario.verify.training.PublishedFigure.Quantity;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.hardware.HardwareCatalog;

class TrainingRowReaderTest {

    @TempDir
    Path directory;

    private final TrainingRowReader reader = new TrainingRowReader(HardwareCatalog.load());

    /** Korthikanti et al. 2022, Table 5: 175B, selective recomputation, sequence parallel. */
    private static Map<String, String> gpt175b() {
        Map<String, String> row = new LinkedHashMap<>();
        TrainingRowReader.COLUMNS.forEach(column -> row.put(column, ""));
        row.putAll(Map.of(
                "id",
                "k-4",
                "model",
                "gpt-175b",
                "family",
                "gpt",
                "layers",
                "96",
                "hidden",
                "12288",
                "ffn",
                "49152",
                "heads",
                "96",
                "seq",
                "2048",
                "vocab",
                "51200",
                "gpu",
                "A100-80"));
        row.putAll(Map.of(
                "gpus",
                "64",
                "gpus_per_node",
                "8",
                "fabric",
                "Selene DGX A100 + 8x HDR200 IB",
                "framework",
                "Megatron-LM",
                "source",
                "Korthikanti et al. 2022",
                "precision",
                "fp16",
                "tp",
                "8",
                "pp",
                "8",
                "vpp",
                "3",
                "dp",
                "1"));
        row.putAll(Map.of(
                "mbs",
                "1",
                "gbs",
                "64",
                "recompute",
                "selective",
                "seq_parallel",
                "yes",
                "iter_time_s",
                "13.75",
                "mfu_pct",
                "51.4",
                "gate",
                "yes",
                "notes",
                "",
                "zero_stage",
                "0",
                "cp",
                "1"));
        return row;
    }

    private TrainingRow read(Map<String, String> row) {
        Path file = directory.resolve("rows.csv");
        String cells = row.values().stream().map(cell -> '"' + cell + '"').collect(Collectors.joining(","));
        try {
            Files.write(file, List.of(String.join(",", row.keySet()), cells));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        CsvTable table = CsvTable.read(file);
        return reader.read(table.rows().get(0));
    }

    private TrainingRow read(String... changes) {
        Map<String, String> row = gpt175b();
        for (int i = 0; i < changes.length; i += 2) {
            row.put(changes[i], changes[i + 1]);
        }
        return read(row);
    }

    private TrainingJob job(String... changes) {
        return ((TrainingRow.Scorable) read(changes)).job();
    }

    private PublishedFigure figure(String... changes) {
        return ((TrainingRow.Scorable) read(changes)).published();
    }

    private String reason(String... changes) {
        return ((TrainingRow.Skipped) read(changes)).reason();
    }

    @Test
    void aNetworkThatNobodyHasIsNotBuilt() {
        assertThat(reason("layers", "999999999")).contains("column layers: must be a whole number from 1 to 100000");
    }

    /** Not a reason to take the next quantity in silence. */
    @Test
    void aStepTimeThatIsNotAbove0IsNamed() {
        assertThat(reason("iter_time_s", "-13.7", "tflops_per_gpu", "150"))
                .contains(":2: column iter_time_s: must be above 0, got -13.7");
        assertThat(reason("iter_time_s", "0")).contains("column iter_time_s: must be above 0, got 0");
    }

    @Test
    void readsACompleteRow() {
        TrainingJob job = job();

        assertThat(job.plan().tensor()).isEqualTo(8);
        assertThat(job.plan().sequenceParallel()).isTrue();
        assertThat(job.plan().pipeline()).isEqualTo(8);
        assertThat(job.plan().virtualStages()).isEqualTo(3);
        assertThat(job.plan().schedule()).isEqualTo(Schedule.INTERLEAVED);
        assertThat(job.plan().recompute()).isEqualTo(Recompute.SELECTIVE);
        assertThat(job.plan().pipelining().layersPerChunk()).isEmpty();
        assertThat(job.microBatches()).isEqualTo(64);
        assertThat(job.precision()).isEqualTo(PrecisionRecipe.FP16);
        assertThat(job.software().name()).isEqualTo("megatron-2022");
        assertThat(job.cluster().nodes()).isEqualTo(8);
        assertThat(job.cluster().fabric().name()).isEqualTo("IB HDR");
        assertThat(job.model().parameters()).isCloseTo(174.6e9, within(0.2e9));
        assertThat(read().gate()).isEqualTo("yes");
    }

    @Test
    void scoresTheFirstStatedQuantity() {
        assertThat(figure()).isEqualTo(new PublishedFigure(Quantity.STEP_TIME, 13.75));
        assertThat(figure("iter_time_s", "")).isEqualTo(new PublishedFigure(Quantity.MFU, 51.4));
        assertThat(figure("iter_time_s", "", "tflops_per_gpu", "160", "tflops_def", "hardware FLOPs (4x fwd)"))
                .isEqualTo(new PublishedFigure(Quantity.HARDWARE_FLOPS, 160));
        assertThat(figure("iter_time_s", "", "tflops_per_gpu", "160", "tflops_def", "model FLOPs"))
                .isEqualTo(new PublishedFigure(Quantity.MODEL_FLOPS, 160));
        assertThat(reason("iter_time_s", "", "mfu_pct", "")).startsWith("not stated: iter_time_s");
    }

    @Test
    void skipsNameTheMissingColumn() {
        assertThat(reason("mbs", "")).isEqualTo("not stated: mbs");
        assertThat(reason("layers", "")).isEqualTo("not stated: layers");
        assertThat(reason("gpu", "")).isEqualTo("not stated: gpu");
        assertThat(reason("family", "")).isEqualTo("not stated: family");
    }

    @Test
    void skipsNameTheKindThatIsNotBuilt() {
        assertThat(reason("precision", "int8")).isEqualTo("not built: int8 precision");
        assertThat(reason("family", "diffusion")).isEqualTo("not built: model family diffusion");
        assertThat(reason("notes", "schedule=Chimera; rest")).isEqualTo("not built: pipeline schedule Chimera");
    }

    @Test
    void contextRanksAreNoReplicas() {
        ParallelPlan plan =
                job("cp", "2", "gpus", "256", "dp", "", "gbs", "128").plan();
        assertThat(plan.context()).isEqualTo(2);
        assertThat(plan.data()).isEqualTo(2);
    }

    @Test
    void readsHowTokensReachTheirExperts() {
        String[] mixture = {"family", "moe", "experts", "64", "topk", "8", "ffn", "1024", "vocab", "51200", "ep", "8"};
        ParallelPlan plan = with(mixture, "notes", "dispatcher A2A; ").plan();
        assertThat(plan.expert()).isEqualTo(8);
        assertThat(plan.sequenceParallel()).isTrue();
        assertThat(plan.exchanges()).isEqualTo(Exchanges.PLAIN);
        assertThat(with(mixture, "notes", "dispatcher DeepEP; +1f1b a2a overlap")
                        .plan()
                        .exchanges())
                .isEqualTo(Exchanges.PLAIN.with(ExpertDispatch.DEEPEP).with(ExpertOverlap.MICRO_BATCHES));
    }

    private TrainingJob with(String[] cells, String... more) {
        return job(Stream.concat(Stream.of(cells), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void namesTheCellThatCannotBeRead() {
        assertThat(reason("tp", "eight")).contains("rows.csv:2").contains("column tp");
        assertThat(reason("gpu", "A1000")).startsWith("column gpu: ");
    }

    @Test
    void derivesWhatIsImplied() {
        assertThat(job("gpus", "128", "dp", "", "gbs", "128").plan().data()).isEqualTo(2);
        assertThat(job("mbs", "", "grad_accum", "64").batch().micro()).isEqualTo(1);
        assertThat(job("gbs", "", "grad_accum", "32").batch().global()).isEqualTo(32);
        assertThat(job("recompute", "not stated").plan().recompute()).isEqualTo(Recompute.NONE);
        assertThat(job("recompute", "selective config, 0 layers").plan().recompute())
                .isEqualTo(Recompute.NONE);
    }

    @Test
    void padsTheVocabularyAsMegatronDoes() {
        TransformerModel model = (TransformerModel) job("vocab", "50257").model();

        assertThat(model.vocabulary().rows()).isEqualTo(51_200);
    }

    @Test
    void readsBloomWithAlibiAndItsLayerSplit() {
        TrainingJob job = job(
                "family",
                "gpt (250k vocab)",
                "vocab",
                "250000",
                "layers",
                "70",
                "hidden",
                "14336",
                "ffn",
                "57344",
                "heads",
                "112",
                "tp",
                "4",
                "pp",
                "12",
                "vpp",
                "1",
                "gpus",
                "384",
                "dp",
                "8",
                "gbs",
                "2048",
                "mbs",
                "2",
                "fabric",
                "Jean Zay A100: NVLink3 + 4x Omni-Path 100 Gb/s per node",
                "framework",
                "Megatron-DeepSpeed");
        TransformerModel model = (TransformerModel) job.model();

        assertThat(model.positions().encoding()).isEqualTo(PositionEncoding.ALIBI);
        assertThat(model.vocabulary().rows()).isEqualTo(250_368);
        assertThat(job.plan().pipelining().layersPerChunk()).containsExactly(5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 5);
        assertThat(job.cluster().node().nics()).isEqualTo(4);
        assertThat(job.cluster().node().scaleOutBytesPerSecond()).isEqualTo(50e9);
        assertThat(job.software().name()).isEqualTo("megatron-deepspeed");
    }

    @Test
    void refusesAContradictoryModelAsAnError() {
        TrainingRow row = read("family", "llama", "kv_heads", "7");

        assertThat(row).isInstanceOf(TrainingRow.Rejected.class);
        assertThat(((TrainingRow.Rejected) row).published().value()).isEqualTo(13.75);
    }

    @Test
    void sumsBf16GradientsIn32Bits() {
        assertThat(job("framework", "Megatron-DeepSpeed", "precision", "bf16")
                        .software()
                        .gradients()
                        .bytesPerElement())
                .isEqualTo(4);
    }

    @Test
    void readsOneLayerPerChunk() {
        TrainingJob job = job(
                "layers",
                "22",
                "pp",
                "8",
                "tp",
                "1",
                "gpus",
                "8",
                "vpp",
                "max (1 layer per chunk)",
                "notes",
                "schedule=1F1B-I; rest");

        assertThat(job.plan().virtualStages()).isEqualTo(3);
        assertThat(job.plan().pipelining().layersPerChunk())
                .hasSize(24)
                .startsWith(0, 1)
                .endsWith(1, 0);
    }

    @Test
    void takesTheStatedNodeRate() {
        TrainingJob job = job("gpu", "A100", "fabric", "InfiniBand 800 Gbps/node (config)");

        assertThat(job.cluster().node().nics()).isEqualTo(4);
        assertThat(job.cluster().node().scaleOutBytesPerSecond()).isEqualTo(100e9);
    }

    @Test
    void splitsLayersFrontLoadedWhereNothingElseFits() {
        assertThat(RowPlan.split(78, 12)).containsExactly(7, 7, 7, 7, 7, 7, 6, 6, 6, 6, 6, 6);
        assertThat(RowPlan.split(96, 24)).isEmpty();
    }

    private ParallelPlan plan(String framework, String recompute, String mfu, String hfu) {
        Map<String, String> row = gpt175b();
        row.put("framework", framework);
        row.put("recompute", recompute);
        row.put("mfu_pct", mfu);
        row.put("hfu_pct", hfu);
        return ((TrainingRow.Scorable) read(row)).job().plan();
    }

    /** fms-fsdp, ac_handler.py: whole layers, as many as the hardware FLOPs tell; 61 and 69 % are four of ten. */
    @Test
    void selectiveRecomputationOfFsdpIsAShareOfTheLayers() {
        ParallelPlan some = plan("PyTorch FSDP + compile", "selective", "61", "69");
        ParallelPlan all = plan("PyTorch FSDP + compile", "selective", "55", "74");
        assertThat(some.checkpointing()).isEqualTo(Checkpointing.block(Recompute.FULL, 2));
        assertThat(all.checkpointing()).isEqualTo(Checkpointing.of(Recompute.FULL));
    }

    @Test
    void torchtitanNamesOperatorsOrEverySoManyLayers() {
        assertThat(plan("torchtitan 0.1", "selective op", "", "").recompute()).isEqualTo(Recompute.OPERATORS);
        assertThat(plan("torchtitan 0.1", "selective 2", "", "").checkpointing())
                .isEqualTo(Checkpointing.block(Recompute.FULL, 2));
        assertThat(plan("torchtitan 0.1", "full", "", "").checkpointing()).isEqualTo(Checkpointing.of(Recompute.FULL));
    }

    private TrainingJob titan(String overlap, String notes, String pipeline) {
        Map<String, String> row = gpt175b();
        row.put("framework", "torchtitan main");
        row.put("sharding", "FSDP2");
        row.put("overlap", overlap);
        row.put("notes", notes);
        row.put("pp", pipeline);
        row.put("seq_parallel", "");
        row.put("gpus", String.valueOf(16 * Integer.parseInt(pipeline)));
        row.put("vpp", "");
        return ((TrainingRow.Scorable) read(row)).job();
    }

    /** torchtitan, parallelize_llama.py: 32-bit sums, tensor ranks split the sequence, gathered weights stay in a pipeline. */
    @Test
    void torchtitanIsReadByItsOwnRules() {
        assertThat(titan("", "torch.compile", "1").software().name()).isEqualTo("torchtitan-2024");
        assertThat(titan("asyncTP", "torch.compile", "1").software().name()).isEqualTo("torchtitan-2024-async");
        assertThat(titan("", "", "1").software().name()).isEqualTo("torchtitan-2024-eager");
        ParallelPlan flat = titan("", "", "1").plan();
        ParallelPlan staged = titan("", "", "8").plan();
        assertThat(flat.sequenceParallel()).isTrue();
        assertThat(flat.sharding()).isEqualTo(Sharding.zero(3));
        assertThat(staged.sharding())
                .isEqualTo(Sharding.zero(3).with(Reshard.AFTER_STEP).withReduceEachMicroBatch(false));
    }

    /** torchtitan, parallelisms/pipeline.py: schedules with several stages per rank take two. */
    @Test
    void interleavedTorchtitanHasTwoStagesPerRank() {
        assertThat(titan("", "compile; Interleaved 1F1B", "8").plan().virtualStages())
                .isEqualTo(2);
        assertThat(titan("", "compile; 1F1B", "8").plan().virtualStages()).isOne();
        assertThat(plan("torchtitan 0.1", "AC selective op", "", "").recompute())
                .isEqualTo(Recompute.OPERATORS);
    }
}
