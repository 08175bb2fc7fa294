package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.model.transformer.PositionEncoding;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.ExpertDispatch;
import trainyard.parallel.plan.ExpertOverlap;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.schedule.Schedule;
import trainyard.scenario.verify.training.PublishedFigure.Quantity;
import trainyard.sim.hardware.HardwareCatalog;

class TrainingRowReaderTest {

    @TempDir
    Path directory;

    private final TrainingRowReader reader = new TrainingRowReader(HardwareCatalog.load());

    private TrainingRow read(Map<String, String> row) {
        return PublishedRow.read(reader, row, directory);
    }

    private TrainingRow read(String... changes) {
        Map<String, String> row = PublishedRow.gpt175b();
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

    /** The source's README: NCCL reaches a bus bandwidth of 85 Gb/s between nodes whose four ports have 400. */
    @Test
    void takesTheBusBandwidthThatTheRowStates() {
        TrainingJob job = job(
                "source",
                "bigscience-workshop/bigscience (V100 JZ experiments)",
                "gpu",
                "V100-32",
                "gpus_per_node",
                "4",
                "fabric",
                "Jean Zay V100: NVLink2 + Omni-Path 400 Gb/s nominal (README: not fully used by NCCL; 4-node busbw ~85 Gbps)",
                "framework",
                "Megatron+DeepSpeed",
                "zero_stage",
                "3",
                "precision",
                "fp16");

        double achieved = job.cluster().fabric().achievedFraction();
        assertThat(job.cluster().node().scaleOutBytesPerSecond() * achieved).isCloseTo(85e9 / 8, within(1.0));
        assertThat(job.cluster().node().nics()).isEqualTo(2);
        assertThat(job.software().name()).isEqualTo("deepspeed-zero3");
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

    /** BigScience, chronicles-prequel.md: "the last stage has 1 block, while the rest have 7"; embeddings beside layers fit. */
    @Test
    void splitsLayersAsDeepSpeedDoes() {
        assertThat(RowPlan.splitByDeepSpeed(78, 12)).containsExactly(7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 1);
        assertThat(RowPlan.splitByDeepSpeed(70, 12)).containsExactly(5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 5);
        assertThat(RowPlan.splitByDeepSpeed(96, 24)).isEmpty();
        // Five stages of two would hold all nine.
        assertThat(RowPlan.splitByDeepSpeed(9, 6)).containsExactly(2, 2, 2, 1, 1, 1);
    }

    /** Line 761 is of 24 February, 775 of the day on which the nodes were improved. */
    @Test
    void runsBeforeTheNodesOfJeanZayWereImprovedTookLonger() {
        String source = "train/tr11-176B-ml/chronicles-prequel.md line ";

        assertThat(figure("source_ref", source + 761).slowdown()).isEqualTo(1.03);
        assertThat(figure("source_ref", source + 775).slowdown()).isEqualTo(1);
        assertThat(figure("source_ref", "table 5").slowdown()).isEqualTo(1);
        assertThat(figure("source_ref", source + 761, "gpu", "V100-32").slowdown())
                .isEqualTo(1);
    }
}
