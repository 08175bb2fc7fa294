package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.parallel.plan.Recompute;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.SourceText;

/** Launch scripts of Megatron-LM become jobs with the degrees, batch and model that their authors state. */
class ImportedMegatronTest {

    /**
     * GPUs, degrees and batch as in the files; parameters in billions as published: BLOOM 176.2 (Scao et al. 2022), GPT-3
     * 175, Llama 3 8B 8.03 (Grattafiori et al. 2024), Mixtral 8x7B 46.7 (Jiang et al. 2024), 1,008 for 128 layers that are
     * 25,600 wide (Narayanan et al. 2021, table 1).
     */
    @ParameterizedTest
    @CsvSource({
        "bloom-176b.slurm, 384, 4, 12, 8,  2048, 2, 1, 176.2",
        "train_gpt3_175b.sh,     128, 8, 16, 1,  1536, 1, 0, 175",
        "llama3-8b-fp8.sh, 8,   1, 1,  8,  128,  1, 1, 8.03",
        "mixtral-8x7b.sh,  32,  1, 4,  8,  256,  1, 1, 46.7",
        "zero3-1t.sh,      8,   1, 1,  8,  8,    1, 3, 1008",
    })
    void launchScriptsOfMegatron(
            String name,
            int gpus,
            int tensor,
            int pipeline,
            int data,
            int global,
            int micro,
            int zero,
            double billions) {
        Draft draft = Samples.read(ImportKind.MEGATRON, Target.none(), name);
        TrainingJob job = Samples.job(draft);

        assertThat(job.plan().gpus()).isEqualTo(gpus);
        assertThat(job.plan().tensor()).isEqualTo(tensor);
        assertThat(job.plan().pipeline()).isEqualTo(pipeline);
        assertThat(job.plan().data()).isEqualTo(data);
        assertThat(job.batch().global()).isEqualTo(global);
        assertThat(job.batch().micro()).isEqualTo(micro);
        assertThat(draft.find("job.parallel.zero").orElse("0")).isEqualTo(Integer.toString(zero));
        assertThat(job.model().parameters() / 1e9).isCloseTo(billions, within(0.01 * billions));
    }

    /** Megatron-Core, transformer_config.py, recompute_modules. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--recompute-granularity selective --recompute-modules layernorm mlp | [layernorm, mlp]",
                "--recompute-activations --recompute-modules core_attn | selective",
                "--recompute-granularity selective | selective",
                "--recompute-granularity full --recompute-modules mlp | full",
            })
    void modulesOfMegatronCore(String flags, String recompute) {
        String script =
                "torchrun --nproc_per_node 8 --nnodes 1 pretrain_gpt.py --num-layers 40 --hidden-size 1024 --num-attention-heads 16 --seq-length 2048"
                        + " --micro-batch-size 1 --global-batch-size 8 " + flags + "\n";
        Draft draft = ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", script)), Target.none());

        assertThat(Samples.job(draft).plan().recompute().word()).isEqualTo(recompute);
    }

    /** Megatron-Core, arguments.py, cuda_graph_impl and cuda_graph_scope, and the flags before these. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--cuda-graph-impl transformer_engine --cuda-graph-scope attn moe_router | layers",
                "--cuda-graph-impl local --cuda-graph-scope full_iteration | step",
                "--cuda-graph-impl full_iteration | step",
                "--enable-cuda-graph | layers",
                "--cuda-graph-impl none --cuda-graph-scope attn | none",
                "--cuda-graph-warmup-steps 3 | none",
            })
    void graphsOfMegatronCore(String flags, String graphs) {
        String script =
                "torchrun --nproc_per_node 8 --nnodes 1 pretrain_gpt.py --num-layers 40 --hidden-size 1024 --num-attention-heads 16 --seq-length 2048"
                        + " --micro-batch-size 1 --global-batch-size 8 " + flags + "\n";
        Draft draft = ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", script)), Target.none());

        SoftwareProfile software = Samples.job(draft).software();
        assertThat(software.has(SoftwareFeature.GRAPHED_LAYERS)).isEqualTo(graphs.equals("layers"));
        assertThat(software.has(SoftwareFeature.GRAPHED_STEP)).isEqualTo(graphs.equals("step"));
    }

    /** Megatron-Core 0.14, arguments.py; without a word tokens are gathered. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--expert-model-parallel-size 8 | all-gather | none",
                "--expert-model-parallel-size 8 --moe-token-dispatcher-type alltoall | all-to-all | none",
                "--expert-model-parallel-size 8 --moe-token-dispatcher-type flex --moe-enable-deepep | deepep | none",
                "--expert-model-parallel-size 8 --moe-token-dispatcher-type flex --moe-flex-dispatcher-backend hybridep"
                        + " --overlap-moe-expert-parallel-comm | deepep | micro-batches",
                "--expert-model-parallel-size 8 --moe-token-dispatcher-type alltoall --moe-shared-expert-overlap"
                        + " --moe-shared-expert-intermediate-size 512 | all-to-all | shared-expert",
                "--expert-model-parallel-size 8 --moe-token-dispatcher-type alltoall --moe-shared-expert-overlap"
                        + " | all-to-all | none",
                "--moe-token-dispatcher-type flex --overlap-moe-expert-parallel-comm | all-to-all | none",
            })
    void exchangesWithExpertsOfMegatronCore(String flags, String dispatch, String overlap) {
        Draft draft = mixture(flags);
        Exchanges exchanges = Samples.job(draft).plan().exchanges();

        assertThat(word(exchanges.dispatch())).isEqualTo(dispatch);
        assertThat(word(exchanges.expertOverlap())).isEqualTo(overlap);
    }

    private static final String DEEPSEEK =
            "torchrun --nproc_per_node 8 --nnodes 32 pretrain_gpt.py --pipeline-model-parallel-size 8"
                    + " --expert-model-parallel-size 32 --num-layers 61 --hidden-size 7168 --num-attention-heads 128"
                    + " --ffn-hidden-size 18432 --moe-ffn-hidden-size 2048 --num-experts 256 --moe-router-topk 8"
                    + " --moe-layer-freq \"([0]*3+[1]*58)\" --moe-shared-expert-intermediate-size 2048"
                    + " --multi-latent-attention --q-lora-rank 1536 --kv-lora-rank 512 --qk-head-dim 128"
                    + " --qk-pos-emb-head-dim 64 --v-head-dim 128 --swiglu --normalization RMSNorm"
                    + " --moe-router-num-groups 8 --moe-router-group-topk 4 --moe-token-dispatcher-type alltoall --bf16"
                    + " --micro-batch-size 1 --global-batch-size 2048 --seq-length 4096 --vocab-size 129280"
                    + " --untie-embeddings-and-output-weights ";

    private static Draft deepSeek(String flags) {
        return ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", DEEPSEEK + flags + "\n")), Target.none());
    }

    /** Megatron-MoE-ModelZoo states DeepSeek-V3 so; layer by layer it is the preset, with all that its operators do. */
    @Test
    void deepSeekOfMegatronIsThePreset() {
        TrainingJob job = Samples.job(deepSeek("--decoder-first-pipeline-num-layers 5"));

        assertThat(job.model().layers())
                .isEqualTo(ModelPresets.named("deepseek-v3").layers());
        assertThat(job.model().parameters() / 1e9).isCloseTo(671, within(1.0));
    }

    /** Megatron-Core: a layout names the parts of each chunk; ends are given, or the embedding and the loss count as layers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "--mtp-num-layers 1 --pipeline-model-parallel-layout 'Et*3|(tt|)*29m|L'"
                        + "; [3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 0]; 4",
                "--decoder-first-pipeline-num-layers 5; [5, 8, 8, 8, 8, 8, 8, 8]; 1",
                "--decoder-first-pipeline-num-layers 8 --decoder-last-pipeline-num-layers 5 --mtp-num-layers 1"
                        + "; [8, 8, 8, 8, 8, 8, 8, 6]; 1",
                "--num-layers 62 --moe-layer-freq '[0]*3+[1]*59'"
                        + " --account-for-embedding-in-pipeline-split --account-for-loss-in-pipeline-split"
                        + "; [7, 8, 8, 8, 8, 8, 8, 7]; 1",
                "--num-layers 62 --moe-layer-freq '[0]*3 + [1]*59' --num-layers-per-virtual-pipeline-stage 4"
                        + " --account-for-embedding-in-pipeline-split --account-for-loss-in-pipeline-split"
                        + "; [3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3]; 2",
            })
    void unequalStagesOfMegatronCore(String flags, String chunks, String perStage) {
        Draft draft = deepSeek(flags);

        assertThat(draft.log().lines())
                .anyMatch(line -> line.detail().equals("job.parallel.layers-per-chunk: " + chunks));
        assertThat(draft.find("job.parallel.virtual-stages").orElse("1")).isEqualTo(perStage);
        assertThat(Samples.job(draft).plan().pipeline()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "--pipeline-model-parallel-layout 'Et*3|(tt|*29'; is not closed",
                "--pipeline-model-parallel-layout 'Et*3|t)|L'; closes what none has opened",
                "--pipeline-model-parallel-layout 'Et*|L'; no count that can be read",
                "--pipeline-model-parallel-layout '(t*999999)*999999|L'; more than 1000000 letters",
                "--pipeline-model-parallel-layout 'Et*3|L'; 2 chunks do not divide into 8 stages",
                "--pipeline-model-parallel-layout 'E|t|t|t|t|t|t|L'; the layout has 6 layers, the model 61",
                "--decoder-last-pipeline-num-layers 6; 55 layers do not divide into the other 7 stages",
                "--account-for-loss-in-pipeline-split; 62 layers, embedding and loss counted, do not divide",
                "--pipeline-model-parallel-layout 'Et*3|(tt|)*29x|L'; not E, then a t for each layer",
                "--pipeline-model-parallel-layout 't*3|(tt|)*29|L'; not E, then a t for each layer",
                "--pipeline-model-parallel-layout 'Et*3|(tt|)*29|'; not E, then a t for each layer",
                "--mtp-num-layers 1 --pipeline-model-parallel-layout 'Et*3|(tt|)*28m|tt|L'; not E, then a t for each layer",
                "--pipeline-model-parallel-layout 'Et*3|(tt|)*29|L' --decoder-first-pipeline-num-layers 3; both say how many",
                "--pipeline-model-parallel-layout 'Et*3|(tt|)*29|L' --num-virtual-stages-per-pipeline-rank 4; both say how many chunks",
                "--num-layers-per-virtual-pipeline-stage 2 --num-virtual-stages-per-pipeline-rank 4; both say how many chunks",
                "--decoder-first-pipeline-num-layers 5 --account-for-loss-in-pipeline-split; both say how many",
                "--moe-layer-freq '([0]*3+[1]*58'; a bracket in '([0]*3+[1]*58' is not closed",
                "--moe-layer-freq '([0]*3+[1]*57)'; says of 60 layers whether they have experts, the model has 61",
            })
    void stagesThatMegatronWouldRefuse(String flags, String message) {
        assertThatThrownBy(() -> deepSeek(flags)).hasMessageContaining(message);
    }

    @Test
    void layoutsOfManyBracketsAreRefused() {
        assertThatThrownBy(() -> deepSeek("--pipeline-model-parallel-layout '" + "(".repeat(100_000) + "'"))
                .hasMessageContaining("brackets lie more than 100 deep");
        String deep = "(".repeat(100) + "t" + ")".repeat(100);
        assertThat(deepSeek("--pipeline-model-parallel-layout 'Et*3|(tt|)*28" + deep + "|t|L'")
                        .log()
                        .lines())
                .anyMatch(line -> line.detail().startsWith("job.parallel.layers-per-chunk: [3, 2, 2,"));
    }

    /** The layout counts the script's own layers and predicted tokens, whatever names the model. */
    @Test
    void layoutOfANamedModel() {
        String layout = "--mtp-num-layers 1 --pipeline-model-parallel-layout 'Et*3|(tt|)*29m|L'";
        Target target = new Target(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Found("--model", "deepseek-v3", new SourceText("--model", "deepseek-v3").at(1, 1, 11))),
                List.of());
        TrainingJob job = Samples.job(
                ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", DEEPSEEK + layout + "\n")), target));

        assertThat(job.plan().virtualStages()).isEqualTo(4);
    }

    @Test
    void everyFlagOfGroupsAndStagesIsToldOf() {
        assertThat(deepSeek("").log().lines())
                .anyMatch(line -> line.subject().equals("--moe-router-num-groups") && line.fate() == Fate.READ);
        assertThat(mixture("--moe-router-group-topk 4").log().lines())
                .anyMatch(line -> line.subject().equals("--moe-router-group-topk") && line.fate() == Fate.IGNORED);
        assertThat(mixture("--pipeline-model-parallel-size 4 --num-layers-per-virtual-pipeline-stage 2")
                        .log()
                        .lines())
                .anyMatch(line -> line.detail().equals("one stage on each rank"));
        assertThat(mixture("--tensor-model-parallel-size 2 --expert-tensor-parallel-size 1")
                        .log()
                        .lines())
                .anyMatch(line -> line.subject().equals("--expert-tensor-parallel-size")
                        && line.detail().startsWith("without expert ranks"));
    }

    /** Megatron-LM's other programs share the flags; --encoder-seq-length is --seq-length there (arguments.py). */
    @Test
    void programsWhoseModelsAreNoDecoders() {
        String bert = "torchrun --nproc_per_node 8 examples/pretrain_bert.py --num-layers 24 --hidden-size 1024"
                + " --num-attention-heads 16 --encoder-seq-length 512 --micro-batch-size 4 --global-batch-size 32\n";
        Draft draft = ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", bert)), Target.none());

        assertThat(draft.find("job.batch.sequence-length")).contains("512 tokens");
        assertThat(draft.log().warnings())
                .anyMatch(warning -> warning.message().startsWith("pretrain_bert.py trains an encoder"));
        assertThat(mixture("").log().warnings()).isEmpty();
        String both = bert.replace("pretrain_bert", "pretrain_t5").replace("--num-layers", "--encoder-num-layers");
        assertThatThrownBy(() -> ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", both)), Target.none()))
                .hasMessageContaining("pretrain_t5.py trains an encoder and a decoder");
    }

    @Test
    void theStateOfTheOptimizerGoesToTheHost() {
        String flags = "--optimizer-cpu-offload --optimizer-offload-fraction ";
        Draft whole = mixture("--use-distributed-optimizer " + flags + "1.0");

        assertThat(Samples.job(whole).plan().offload()).isEqualTo(Offload.optimizer(OffloadTarget.CPU));
        assertThat(whole.log().warnings()).isEmpty();
        assertThat(mixture("--use-distributed-optimizer " + flags + "0.5").log().warnings())
                .anyMatch(warning -> warning.message().contains("not a part of it"));
        assertThat(Samples.job(mixture(flags + "1")).plan().offload()).isEqualTo(Offload.NONE);
    }

    /** Products of the family gpt have biases, those of llama none. */
    @Test
    void biasesOfExpertsThatTheScriptLeavesOutAreWarnedOf() {
        String flags =
                "torchrun --nproc_per_node 8 pretrain_gpt.py --num-layers 8 --hidden-size 1024 --num-attention-heads 16"
                        + " --seq-length 2048 --micro-batch-size 1 --global-batch-size 32 --disable-bias-linear --num-experts 8";

        assertThat(warnings(flags)).anyMatch(warning -> warning.startsWith("the experts of the scenario have biases"));
        assertThat(warnings(flags + " --swiglu")).isEmpty();
        assertThat(warnings(flags.replace("--num-experts 8", ""))).isEmpty();
    }

    private static List<String> warnings(String script) {
        return ImportKind.MEGATRON
                .read(List.of(new SourceText("train.sh", script + "\n")), Target.none())
                .log()
                .warnings()
                .stream()
                .map(Problem::message)
                .toList();
    }

    @Test
    void layersThatTakeTurnsAreWarnedOf() {
        Draft draft = mixture("--expert-model-parallel-size 8 --moe-layer-freq 2");

        assertThat(draft.log().warnings()).anyMatch(warning -> warning.message().contains("take turns"));
        assertThat(draft.find("job.model.dense-layers")).isEmpty();
        assertThat(mixture("--moe-layer-freq 1").log().warnings()).isEmpty();
    }

    /** What is dense in every layer is a dense model, whatever the script says of experts. */
    @Test
    void aListWithoutExpertsLeavesADenseModel() {
        Draft draft = deepSeek("--moe-layer-freq '[0]*61' --decoder-first-pipeline-num-layers 5");

        assertThat(draft.log().warnings()).isEmpty();
        assertThat(draft.find("job.model.ffn")).contains("18432");
        assertThat(Samples.job(draft).model().experts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"p2p, ring", "all_gather, all-gather", "a2a, ulysses", "a2a+p2p, ring"})
    void exchangesOfSequencesOfMegatronCore(String type, String method) {
        Draft draft = mixture("--context-parallel-size 2 --cp-comm-type " + type);

        assertThat(word(Samples.job(draft).plan().exchanges().context())).isEqualTo(method);
        assertThat(draft.log().lines()).anyMatch(line -> line.subject().equals("--cp-comm-type"));
    }

    private static Draft mixture(String flags) {
        String script =
                "torchrun --nproc_per_node 8 --nnodes 2 pretrain_gpt.py --num-layers 8 --hidden-size 1024 --num-attention-heads 16 --seq-length 2048"
                        + " --swiglu --normalization RMSNorm --num-experts 16 --moe-router-topk 2 --moe-ffn-hidden-size 512"
                        + " --bf16 --micro-batch-size 1 --global-batch-size 32 " + flags + "\n";
        return ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", script)), Target.none());
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The first 5 layers of each of 8 stages; Megatron-LM, arguments.py, recompute_method and recompute_num_layers. */
    @Test
    void megatronsRecomputedLayersAreThoseOfTheScenario() {
        String command = "torchrun --nproc_per_node 8 --nnodes 8 pretrain_gpt.py --num-layers 96 --hidden-size 12288"
                + " --num-attention-heads 96 --seq-length 2048 --tensor-model-parallel-size 8"
                + " --pipeline-model-parallel-size 8 --micro-batch-size 1 --global-batch-size 64 --bf16"
                + " --recompute-granularity full --recompute-method block --recompute-num-layers 5\n";
        Draft draft = ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", command)), Target.none());

        assertThat(Samples.job(draft).plan().checkpointing()).isEqualTo(Checkpointing.block(Recompute.FULL, 5));
    }

    @Test
    void branchesThatTheScriptItselfDecidesAreFollowed() {
        Draft draft = Samples.read(ImportKind.MEGATRON, Target.none(), "llama3-8b-fp8.sh");

        assertThat(draft.find("job.precision")).contains("fp8-delayed");
        assertThat(draft.find("job.model.vocabulary")).contains("128256");
    }

    @Test
    void interleavingFollowsFromLayersPerVirtualStage() {
        Draft draft = Samples.read(ImportKind.MEGATRON, Target.none(), "mixtral-8x7b.sh");

        assertThat(draft.find("job.parallel.schedule")).contains("interleaved-1f1b");
        assertThat(draft.find("job.parallel.virtual-stages")).contains("2");
        assertThat(draft.log().lines())
                .anyMatch(line -> line.fate() == ImportLog.Fate.IGNORED
                        && line.position().map(position -> position.line()).orElse(0) == 39
                        && line.detail().contains("only a running shell knows"));
    }

    /** The branch that asks for no more expert ranks than GPUs, and the command that is built as text and evaluated. */
    @Test
    void expertsOfMegatronDeepSpeed() {
        Draft draft = Samples.read(ImportKind.MEGATRON, Samples.gpus(64), "moe-1.3b-128.sh");
        TrainingJob job = Samples.job(draft);

        assertThat(job.model().experts()).isEqualTo(128);
        assertThat(job.plan().expert()).isEqualTo(64);
        assertThat(job.plan().data()).isEqualTo(64);
        assertThat(job.batch().global()).isEqualTo(512);
        assertThat(draft.find("job.model.top-k")).contains("1");
        assertThat(draft.find("job.recompute")).contains("full");
        assertThat(draft.log().warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.message()).contains("experts in one of 2 layers (--expert-interval)"));
    }
}
