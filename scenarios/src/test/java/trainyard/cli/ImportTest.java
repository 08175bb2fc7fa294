package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb {@code import}: what goes to which stream, and which exit code says what. */
class ImportTest {

    private static final String DOCUMENT = "gallery/import/ds_config.json";

    @TempDir
    private Path folder;

    @Test
    void theScenarioGoesToStandardOutputAndRuns() throws IOException {
        Cli cli = Cli.run("import", "deepspeed", DOCUMENT, "--gpus", "32", "--set", "job.model.preset=gpt2-1.5b");
        Path scenario = folder.resolve("imported.yaml");
        Files.writeString(scenario, cli.out());

        assertThat(cli.code()).isZero();
        assertThat(cli.out()).contains("nodes: 4").contains("preset: gpt2-1.5b                   # --set");
        assertThat(Cli.run("validate", scenario.toString()).code()).isZero();
    }

    /** DeepSpeed reads Hjson: slashes begin a comment, but not in a string; lines and columns stay. */
    @Test
    void commentsOfADeepSpeedFileAreNoPartOfIt() throws IOException {
        Path file = folder.resolve("commented.json");
        Files.writeString(file, """
                { // what we train with
                  "train_batch_size": 64, // 32 x 2
                  /* as of the
                     last run: "zero" */ "train_micro_batch_size_per_gpu": 2,
                  "zero_optimization": {"stage": 3, "offload_optimizer": {"device": "nvme", "nvme_path": "file://a/*b"}},
                  "bf16": {"enabled": true}, // the last one
                }
                """);
        Cli cli = Cli.run("import", "deepspeed", file.toString(), "--gpus", "32");

        assertThat(cli.code()).isZero();
        assertThat(cli.err()).doesNotContain("warning").contains("commented.json:4");
        assertThat(cli.out())
                .contains("global: 64 sequences", "micro: 2 sequences", "precision: bf16", "offload-optimizer: nvme");
    }

    /** A file that a script takes in may set what its flags use: it is named, not passed over without a word. */
    @Test
    void filesThatAScriptTakesInAreNamed() throws IOException {
        Path file = folder.resolve("train.sh");
        Files.writeString(file, """
                source "$(dirname "$0")/env.sh"
                if false; then source never.sh; fi
                . ./paths.sh
                torchrun --nnodes 2 --nproc_per_node 8 pretrain_gpt.py --num-layers 24 --hidden-size 2048 \\
                  --num-attention-heads 16 --seq-length 2048 --micro-batch-size 1 --global-batch-size 64 --bf16
                """);
        Cli cli = Cli.run("import", "megatron", file.toString());

        assertThat(cli.code()).isZero();
        assertThat(cli.err().lines().filter(line -> line.contains("another file, which is not read")))
                .hasSize(2)
                .anyMatch(line -> line.endsWith("train.sh:1"))
                .anyMatch(line -> line.endsWith("train.sh:3"));
    }

    /** A shell within the shell puts variables in that the outer one leaves alone: Slurm's are known, others are left open. */
    @Test
    void variablesOfAnInnerShellAreFollowed() throws IOException {
        Path file = folder.resolve("train.sh");
        Files.writeString(file, """
                #SBATCH --nodes=16
                srun bash -c "torchrun --nnodes \\$SLURM_NNODES --nproc_per_node 8 pretrain_gpt.py --num-layers 24 \\
                  --hidden-size 2048 --num-attention-heads 16 --seq-length 2048 --micro-batch-size \\${MBS} \\
                  --global-batch-size 256 --bf16"
                """);
        Cli cli = Cli.run("import", "megatron", file.toString());

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("nodes: 16 ", "micro: 1 sequence ");
        assertThat(cli.err()).containsOnlyOnce("${MBS} is known only when the script runs");
    }

    @Test
    void aFileThatIsNoJsonIsCalledThat() {
        Cli cli = Cli.run("import", "deepspeed", "gallery/import/train_gpt3_175b.sh");

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains("a DeepSpeed configuration is one JSON object, this is none", "train_gpt3_175b.sh:1:1");
    }

    @Test
    void twoPrecisionsAreRefused() {
        String flags = "torchrun --nnodes 2 --nproc_per_node 8 p.py --num-layers 24 --hidden-size 2048"
                + " --num-attention-heads 16 --seq-length 2048 --micro-batch-size 1 --global-batch-size 64 --bf16 --fp16";
        Cli cli = Cli.runWith(flags, "import", "megatron", "-");

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("--bf16 and --fp16 are both given", "standard input:1:");
    }

    /** 4,095 over 32 heads is no whole number; Megatron-LM asks for --kv-channels then. */
    @Test
    void headsShareOutTheResidualStream() {
        String flags = "torchrun --nnodes 2 --nproc_per_node 8 p.py --num-layers 24 --hidden-size 4095"
                + " --num-attention-heads 32 --seq-length 2048 --micro-batch-size 1 --global-batch-size 64 --bf16";
        Cli cli = Cli.runWith(flags, "import", "megatron", "-");

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains(
                        "hidden 4095 is not a multiple of heads 32", "nearest: hidden 4064 or 4096; or give head-size");
        assertThat(Cli.runWith(flags + " --kv-channels 128", "import", "megatron", "-")
                        .code())
                .isZero();
    }

    @Test
    void everyValueHasItsOriginBesideIt() {
        Cli cli = Cli.run("import", "deepspeed", DOCUMENT, "--gpus", "32");

        assertThat(cli.out().lines().skip(2)).allMatch(line -> line.endsWith(":") || line.contains("  # "));
        assertThat(cli.out()).contains("# " + DOCUMENT + ":2");
    }

    @Test
    void aBatchForFewerRanksThanGpusIsWarnedOf() {
        Cli cli = Cli.run("import", "deepspeed", DOCUMENT, "--gpus", "512");

        assertThat(cli.code()).isZero();
        assertThat(cli.err())
                .contains("warning[plan]: batch 512 with accumulation 16 allows at most 32 data-parallel ranks;"
                        + " the cluster has 512")
                .contains("ds_config.json:2:23")
                .contains("= lower gradient_accumulation_steps to 1")
                .contains("= raise train_batch_size to 8192")
                .contains("= use 32 data-parallel ranks: tensor x pipeline of 16");
    }

    @Test
    void tensorAndPipelineParallelismLeaveFewerRanks() {
        Cli cli = Cli.run(
                "import",
                "deepspeed",
                DOCUMENT,
                "--gpus",
                "512",
                "--set",
                "job.parallel.tensor=8",
                "--set",
                "job.parallel.pipeline=2");

        assertThat(cli.code()).isZero();
        assertThat(cli.err()).doesNotContain("warning");
    }

    @Test
    void oneJsonDocumentHoldsScenarioLogAndWarnings() throws IOException {
        Cli cli = Cli.run("import", "--json", "deepspeed", DOCUMENT, "--gpus", "512");
        JsonNode document = new ObjectMapper().readTree(cli.out());

        assertThat(document.get("scenario").asText()).startsWith("trainyard: 1\n");
        assertThat(document.get("warnings").get(0).get("line").asInt()).isEqualTo(2);
        assertThat(document.get("log").findValuesAsText("fate")).contains("read", "inferred", "assumed");
    }

    @Test
    void mistakesInTheFileAreShownInTheFile() throws IOException {
        Path wrong = folder.resolve("ds_config.json");
        Files.writeString(wrong, "{\n  \"train_batch_size\": 500,\n  \"gradient_accumulation_steps\": 16\n}\n");

        Cli cli = Cli.run("import", "deepspeed", wrong.toString());

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .contains("error[plan]: batch 500 is no multiple of accumulation 16")
                .contains("ds_config.json:2:23")
                .contains("nearest: 496 or 512");
    }

    @Test
    void aPrecisionLeftToTheTrainerIsAssumedWithAWarning() throws IOException {
        Path open = folder.resolve("auto.json");
        Files.writeString(open, "{\"bf16\": {\"enabled\": \"auto\"}, \"fp16\": {\"enabled\": \"auto\"}}");

        Cli cli = Cli.run("import", "deepspeed", open.toString());

        assertThat(cli.out()).contains("precision: bf16");
        assertThat(cli.err()).contains("leaves the precision to the trainer; bf16 is assumed", "auto.json:1:22");
    }

    /** 128,256 words of Llama 3 (Meta 2024) padded to a multiple of 128 x 2; of others the script says nothing. */
    @Test
    void theVocabularyFollowsFromTheTokenizerWhereItIsKnown() throws IOException {
        Path script = folder.resolve("train.sh");
        String flags = "torchrun pretrain_gpt.py --num-layers 2 --hidden-size 1024 --num-attention-heads 8"
                + " --seq-length 512 --max-position-embeddings 512 --micro-batch-size 1 --global-batch-size 8"
                + " --tensor-model-parallel-size 2 --tokenizer-type ";

        Files.writeString(script, flags + "Llama3Tokenizer\n");
        assertThat(Cli.run("import", "megatron", script.toString()).out()).contains("vocabulary: 128256 ");

        Files.writeString(script, flags + "HuggingFaceTokenizer\n");
        assertThat(Cli.run("import", "megatron", script.toString()).err())
                .contains("the vocabulary of HuggingFaceTokenizer is not known here", "--set job.model.vocabulary=N");
    }

    @Test
    void wrongWordsNameTheNearest() {
        assertThat(Cli.run("import", "deepsped", DOCUMENT).err()).contains("did you mean 'deepspeed'?");
        assertThat(Cli.run("import", "deepspeed", DOCUMENT, "--cluster", "dgx-h10")
                        .err())
                .contains("dgx-h100");
        assertThat(Cli.run("import", "deepspeed", DOCUMENT, "--gpus", "many").code())
                .isEqualTo(2);
        assertThat(Cli.run("import", "deepspeed", DOCUMENT, "--gpus", "12").err())
                .contains("nearest: 8 or 16");
        assertThat(Cli.run("import", "megatron", DOCUMENT).err())
                .contains("no command here has arguments of Megatron-LM");
    }

    @Test
    void aModelOfTheCommandLineReplacesThatOfTheScript() {
        String script = "gallery/import/train_gpt3_175b.sh";

        Cli cli = Cli.run("import", "megatron", script, "--model", "gpt-145b");

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("preset: gpt-145b").doesNotContain("layers:");
    }

    @Test
    void misspeltKeysAndFlagsAreWarnedOf() throws IOException {
        Path config = folder.resolve("ds_config.json");
        Files.writeString(config, "{\"train_batch_sise\": 8, \"train_micro_batch_size_per_gpu\": 1}");
        Path script = folder.resolve("run.sh");
        Files.writeString(
                script,
                "python pretrain_gpt.py --num-layers 2 --hidden-size 64 --num-attention-heads 4"
                        + " --tensor-model-paralel-size 2");

        assertThat(Cli.run("import", "deepspeed", config.toString()).err())
                .contains("DeepSpeed has no key 'train_batch_sise'")
                .contains("did you mean 'train_batch_size'?");
        assertThat(Cli.run("import", "megatron", script.toString()).err())
                .contains("did you mean 'tensor-model-parallel-size'?");
    }

    /** A misspelt key in a section is no key that counts for nothing: it would take the precision, or the offloading, with it. */
    @Test
    void misspeltKeysInSectionsAreWarnedOf() throws IOException {
        Path config = folder.resolve("ds_config.json");
        Files.writeString(config, """
                {"train_batch_size": 64,
                 "fp16": {"enabld": true, "loss_scale": 0},
                 "zero_optimization": {"stage": 3, "overlap_com": true, "offload_optimzer": {"device": "cpu"},
                  "offload_param": {"devise": "cpu", "pin_memory": true}},
                 "activation_checkpointing": {"cpu_checkpoint": true}}
                """);
        Cli cli = Cli.run("import", "deepspeed", config.toString());

        assertThat(cli.err())
                .contains("no key 'enabld' in fp16", "ds_config.json:2:11", "did you mean 'enabled'?")
                .contains("no key 'overlap_com' in zero_optimization", "did you mean 'overlap_comm'?")
                .contains("no key 'offload_optimzer' in zero_optimization", "did you mean 'offload_optimizer'?")
                .contains("no key 'devise' in zero_optimization.offload_param", "did you mean 'device'?")
                .contains("no key 'cpu_checkpoint' in activation_checkpointing");
        assertThat(cli.err().lines().filter(line -> line.contains("no key of DeepSpeed; see the warning")))
                .hasSize(5);
        assertThat(cli.err().lines().filter(line -> line.contains("no key '"))).hasSize(5);
    }

    /** GPT-2 calls its longest sequence otherwise than Llama; nothing longer is assumed. */
    @Test
    void theLongestSequenceHasSeveralNames() throws IOException {
        Path config = folder.resolve("config.json");
        for (String name : new String[] {"n_positions", "n_ctx"}) {
            Files.writeString(
                    config,
                    "{\"model_type\": \"gpt2\", \"n_embd\": 1600, \"n_layer\": 48, \"n_head\": 25, \"vocab_size\":"
                            + " 50257, \"" + name + "\": 1024}");
            assertThat(Cli.run("import", "huggingface", config.toString()).out())
                    .contains("sequence-length: 1024 tokens");
        }
    }

    @Test
    void aModelOfHuggingFaceIsNamedByItsPath() {
        String config = "src/test/resources/trainyard/huggingface/llama-3.1-8b.json";

        Cli cli = Cli.run("import", "huggingface", config, "--gpus", "8");

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("huggingface: " + config).contains("sequence-length: 4096 tokens");
        assertThat(cli.err()).contains("num_hidden_layers").contains("ignored");
    }

    @Test
    void standardInputIsRead() {
        Cli cli = Cli.runWith("{\"train_micro_batch_size_per_gpu\": 2}", "import", "deepspeed", "-");

        assertThat(cli.code()).isZero();
        assertThat(cli.out()).contains("name: standard-input").contains("# standard input:1");
    }
}
