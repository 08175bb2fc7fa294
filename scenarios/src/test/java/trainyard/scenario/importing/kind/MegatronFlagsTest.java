package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** Each flag of a launch script is read as Megatron-LM reads it, with its defaults, and stands in the log. */
class MegatronFlagsTest {

    private static final String COMMAND =
            "torchrun --nproc_per_node 8 --nnodes 2 pretrain_gpt.py --num-layers 24 --hidden-size 1024"
                    + " --num-attention-heads 16 --seq-length 2048 --swiglu --micro-batch-size 1 --global-batch-size 32 ";

    private static final String MIXTURE = "--bf16 --num-experts 16 --moe-router-topk 2 --moe-ffn-hidden-size 512 ";

    private static Draft read(String flags) {
        return read(flags, Target.none());
    }

    private static Draft read(String flags, Target target) {
        return ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", COMMAND + flags + "\n")), target);
    }

    private static String lines(Draft draft, Fate fate) {
        StringBuilder lines = new StringBuilder();
        draft.log().lines().stream()
                .filter(line -> line.fate() == fate)
                .forEach(line -> lines.append(line.subject())
                        .append(", ")
                        .append(line.detail())
                        .append('\n'));
        return lines.toString();
    }

    /** Megatron-LM, arguments.py: {@code --num-query-groups} is 1. */
    @Test
    void groupedQueriesHaveOneGroupUnlessMoreAreStated() {
        Draft one = read("--group-query-attention");

        assertThat(one.find("job.model.kv-heads")).contains("1");
        assertThat(lines(one, Fate.ASSUMED)).contains("job.model.kv-heads: 1, default of --num-query-groups");
        assertThat(lines(one, Fate.READ)).contains("--group-query-attention");
        assertThat(read("--group-query-attention --num-query-groups 4").find("job.model.kv-heads"))
                .contains("4");
        assertThat(read("--group-query-attention --num-query-groups $1").find("job.model.kv-heads"))
                .isEmpty();
        assertThat(lines(read("--num-query-groups 4"), Fate.IGNORED))
                .contains("--num-query-groups, has no effect without --group-query-attention");
    }

    /**
     * Flags of Megatron-DeepSpeed (megatron/arguments.py, 2023), of BigScience's copy ({@code --glu-activation}) and of Megatron-Core
     * 0.14.
     */
    @ParameterizedTest
    @CsvSource({
        "--num-key-value-heads 4, job.model.kv-heads, 4",
        "--ds-sequence-parallel-size 4, job.parallel.context, 4",
        "--ds-sequence-parallel-size 4, job.parallel.context-method, ulysses",
        "--num-experts 8 --moe-expert-parallel-size 1 --expert-interval 1 --mlp-type residual, job.model.shared-ffn, 2688",
        "--bf16 --grad-reduce-in-bf16, job.parallel.gradient-reduction, bf16",
        "--fp16 --grad-reduce-in-bf16, job.parallel.gradient-reduction, fp16",
        "--fp16, job.parallel.gradient-reduction, fp16",
        "--fp16 --accumulate-allreduce-grads-in-fp32, job.parallel.gradient-reduction, none",
        "--bf16, job.parallel.gradient-reduction, none",
    })
    void flagsOfOneOfTheCodesAlone(String flags, String path, String value) {
        Draft draft = read(flags);

        assertThat(draft.find(path).orElse("none")).isEqualTo(value);
        assertThat(draft.log().warnings()).isEmpty();
    }

    @Test
    void weightsOfEightBitsAreNotGatheredAsSuch() {
        assertThat(lines(read("--bf16 --fp8-format hybrid --fp8-param-gather"), Fate.IGNORED))
                .contains("--fp8-param-gather, weights are gathered in 16 bits all the same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--glu-activation geglu", "--quick-geglu"})
    void aGatedMlpMayHaveAnotherName(String flag) {
        Draft draft = ImportKind.MEGATRON.read(
                List.of(new SourceText("train.sh", COMMAND.replace("--swiglu", flag) + "\n")), Target.none());

        assertThat(draft.find("job.model.family")).contains("llama");
        assertThat(draft.find("job.model.ffn")).contains("4096");
    }

    /** A pyramid of experts, as in ds_pretrain_gpt_1.3B_PR-MoE64or128.sh. */
    @Test
    void layersWithMoreExpertsThanOthersAreWarnedOf() {
        String flags = " --moe-expert-parallel-size 1 --expert-interval 1";

        assertThat(read("--num-experts 64 64 128" + flags).log().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .isEqualTo("layers have 64, 128 experts; the scenario has 64 in every layer"));
        assertThat(read("--num-experts 64 64" + flags).log().warnings()).isEmpty();
    }

    /** What stands behind a flag without a value, or behind its value, may be anything. */
    @Test
    void wordsThatOnlyTheShellKnowsStandInTheLog() {
        Draft draft = read("--bf16 $EXTRA --lr 1e-4 \"$@\" --save $OUT --data-path 1 $DATA");

        assertThat(lines(draft, Fate.OPEN))
                .contains("$EXTRA, further flags, if any", "$@, further flags, if any")
                .doesNotContain("$OUT", "$DATA");
    }

    /** Megatron-LM, megatron/training/arguments.py: one begins like a switch and takes a file, the other takes nothing. */
    @Test
    void flagsThatTakeAValueAreToldFromSwitches() {
        Draft draft = read("--tp-comm-overlap-cfg $FILE --use-checkpoint-opt_param-scheduler $EXTRA");

        assertThat(lines(draft, Fate.OPEN))
                .contains("$EXTRA, further flags, if any")
                .doesNotContain("$FILE, further flags, if any");
    }

    @Test
    void anMlpBesideExpertsNeedsExperts() {
        assertThat(lines(read("--mlp-type residual"), Fate.IGNORED)).contains("--mlp-type, no layer has experts");
        assertThat(lines(read("--num-experts 8 --moe-expert-parallel-size 1 --mlp-type standard"), Fate.IGNORED))
                .contains("--mlp-type, standard has no dense MLP beside experts");
    }

    @Test
    void aSizeThatOnlyTheShellKnowsIsRefusedAtItsFlag() {
        assertThatThrownBy(() -> ImportKind.MEGATRON.read(
                        List.of(new SourceText("train.sh", COMMAND.replace("1024", "$WIDTH"))), Target.none()))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    Problem problem = refused.problems().get(0);
                    assertThat(problem.message())
                            .isEqualTo("$WIDTH of --hidden-size is known only when the script runs");
                    assertThat(problem.position().orElseThrow().column())
                            .isEqualTo(COMMAND.indexOf("--hidden-size") + 1);
                });
    }

    /** Megatron-Core, gpt_layer_specs.py: layer i has experts where i is a multiple of the number. */
    @Test
    void aNumberSaysInWhichLayersExpertsAre() {
        for (String interval : List.of("12", "2")) {
            Draft draft = read(MIXTURE + "--moe-layer-freq " + interval);

            assertThat(draft.log().warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.message()).contains("one of " + interval + " has them"));
            assertThat(lines(draft, Fate.IGNORED)).contains("--moe-layer-freq");
        }
        assertThat(read(MIXTURE + "--moe-layer-freq 1").log().warnings()).isEmpty();
        assertThatThrownBy(() -> read(MIXTURE + "--moe-layer-freq 0"))
                .hasMessageContaining("--moe-layer-freq is a whole number from 1");
    }

    @ParameterizedTest
    @CsvSource({
        "--use-torch-fsdp2, 3",
        "--use-megatron-fsdp --data-parallel-sharding-strategy optim_grads --use-distributed-optimizer, 2",
        "--use-custom-fsdp --data-parallel-sharding-strategy optim_grads_params, 3",
        "--use-megatron-fsdp, 0",
        "--use-distributed-optimizer --data-parallel-sharding-strategy no_shard, 1",
        "--use-distributed-optimizer --zero-stage 3, 1",
        "--deepspeed --zero-stage 3 --use-distributed-optimizer, 3",
    })
    void whatDataParallelRanksShard(String flags, String zero) {
        Draft draft = read("--bf16 " + flags);

        assertThat(draft.find("job.parallel.zero")).contains(zero);
        assertThat(flags.split(" ")).filteredOn(word -> word.startsWith("--")).allMatch(draft.log()::tellsOf);
        assertThat(draft.log().warnings()).isEmpty();
    }

    /**
     * Megatron-Core, DistributedDataParallelConfig: without overlap_grad_reduce one call at the end, also of the distributed
     * optimizer; ranks that shard gradients reduce layer by layer, and DeepSpeed has a key of its own.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "--bf16 | false",
                "--use-distributed-optimizer | false",
                "--use-distributed-optimizer --tensor-model-parallel-size 8 | false",
                "--context-parallel-size 2 --tensor-model-parallel-size 8 | false",
                "--use-megatron-fsdp --data-parallel-sharding-strategy optim | false",
                "--use-distributed-optimizer --overlap-grad-reduce --overlap-param-gather | none",
                "--use-megatron-fsdp --data-parallel-sharding-strategy optim_grads | none",
                "--use-torch-fsdp2 | none",
                "--deepspeed --zero-stage 1 | none",
                "--tensor-model-parallel-size 8 --pipeline-model-parallel-size 2 | none",
            })
    void gradientsAreReducedAfterTheLastPassUnlessAFlagOverlapsThem(String flags, String overlap) {
        Draft draft = read(flags);

        assertThat(draft.find("job.parallel.gradient-overlap")).isEqualTo(Optional.ofNullable(overlap));
        assertThat(lines(draft, Fate.INFERRED)
                        .contains("job.parallel.gradient-overlap: false, no --overlap-grad-reduce"))
                .isEqualTo(overlap != null);
    }

    /** PyTorch, fully_shard: without resharding after the forward pass, weights stay until the backward pass is done. */
    @Test
    void weightsOfFsdp2MayStayForTheBackwardPass() {
        assertThat(read("--use-torch-fsdp2 --torch-fsdp2-no-reshard-after-forward")
                        .find("job.parallel.reshard"))
                .contains("after-backward");
        assertThat(read("--use-torch-fsdp2 --use-distributed-optimizer").log().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .isEqualTo("--use-torch-fsdp2 does not go with --use-distributed-optimizer"));
        assertThat(read("--use-megatron-fsdp --data-parallel-sharding-strategy optim_grad")
                        .log()
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.hint()).contains("did you mean 'optim_grads'?"));
    }

    /** Python, argparse: "expected one argument". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tensor-model-parallel-size",
                "--tensor-model-parallel-size --sequence-parallel",
                "--tensor-model-parallel-size= --bf16",
                "--tensor-model-parallel-size 2>&1 | tee train.log",
            })
    void aFlagWhoseValueIsMissingIsRefused(String flags) {
        assertThatThrownBy(() -> read(flags)).isInstanceOfSatisfying(ScenarioException.class, refused -> {
            Problem problem = refused.problems().get(0);
            assertThat(problem.message()).isEqualTo("--tensor-model-parallel-size has no value");
            assertThat(problem.position().orElseThrow().label()).isEqualTo("train.sh:1:" + (COMMAND.length() + 1));
        });
    }

    /** Without a number of GPUs, data is 1, which is no mistake of the script. */
    @Test
    void aDegreeThatNeedsMoreGpusThanAreKnownAsksForThem() {
        String script = COMMAND.replace("--nnodes 2", "--nnodes $N") + MIXTURE + "--expert-model-parallel-size 8\n";
        List<SourceText> sources = List.of(new SourceText("train.sh", script));

        assertThatThrownBy(() -> ImportKind.MEGATRON.read(sources, Target.none()))
                .isInstanceOfSatisfying(
                        ScenarioException.class,
                        refused -> assertThat(refused.problems().get(0).hint()).contains("--gpus N"));
        assertThat(ImportKind.MEGATRON.read(sources, Samples.gpus(16)).find("job.parallel.expert"))
                .contains("8");
    }

    @Test
    void flagsThatDoNotCountAreNamed() {
        assertThat(lines(read("--bf16 --zero-stage 2"), Fate.IGNORED))
                .contains("--zero-stage, counts with --deepspeed only");
        assertThat(lines(read("--bf16 --fp8-recipe custom"), Fate.IGNORED))
                .contains("--fp8-recipe, counts with an fp8 format only");
        Target blackwell = new Target(
                Optional.empty(),
                Optional.empty(),
                Optional.of(Found.option("--cluster", "dgx-b200")),
                Optional.empty(),
                List.of());
        assertThat(lines(read("--bf16 --fp4-format e2m1", blackwell), Fate.READ))
                .contains("--bf16, what is not in fp4 has 16 bits");
        assertThat(lines(read("--moe-router-topk 4"), Fate.IGNORED))
                .contains("--moe-router-topk, has no effect beside the other flags");
    }

    /** arguments.py: {@code allow_abbrev=False}, so that a flag that is not written out is not known. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "--tarin-iters 100 | did you mean 'train-iters'?",
                "--tensor-model-paralel-size 8 | did you mean 'tensor-model-parallel-size'?",
                "--wieght-decay 0.1 | did you mean 'weight-decay'?",
                "--tarin-iters 100 --train-iters 100 | 'train-iters' is given as well; leave one out",
                "--num-layer 30 | 'num-layers' is given as well; leave one out",
            })
    void slipsOfFlagsNameTheNearest(String flags, String hint) {
        assertThat(read(flags).log().warnings()).extracting(Problem::hint).containsExactly(hint);
        assertThat(read("--cpu-offloading --cpu-offloading-num-layers 4").log().warnings())
                .isEmpty();
    }

    /** arguments.py: {@code assert args.max_position_embeddings >= args.seq_length}. */
    @ParameterizedTest
    @CsvSource({"512, true", "2047, true", "2048, false", "4096, false", "$1, false"})
    void aSequenceBeyondTheLastPositionIsWarnedOf(String positions, boolean warned) {
        Draft draft = read("--max-position-embeddings " + positions);

        assertThat(draft.log().tellsOf("--max-position-embeddings")).isTrue();
        assertThat(draft.log().warnings())
                .hasSize(warned ? 1 : 0)
                .allSatisfy(warning -> assertThat(warning.message())
                        .isEqualTo("--max-position-embeddings " + positions + " is less than --seq-length 2048"));
    }

    @ParameterizedTest
    @CsvSource({"adam, false", "sgd, true", "muon, true"})
    void anOptimizerWithOtherStateThanAdamIsWarnedOf(String optimizer, boolean warned) {
        assertThat(read("--optimizer " + optimizer).log().warnings())
                .hasSize(warned ? 1 : 0)
                .allSatisfy(warning -> assertThat(warning.message()).contains("8 bytes a parameter"));
    }

    /** Megatron-Core, parallel_state.py: the data-parallel ranks, those of a sequence counted, are parted into as many groups. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "--use-distributed-optimizer --num-distributed-optimizer-instances 2 | 8",
                "--use-distributed-optimizer --num-distributed-optimizer-instances 2 --tensor-model-parallel-size 2 | 4",
                "--use-distributed-optimizer --num-distributed-optimizer-instances 2 --context-parallel-size 2 | 8",
                "--use-megatron-fsdp --data-parallel-sharding-strategy optim_grads_params --num-distributed-optimizer-instances 4 | 4",
                "--use-distributed-optimizer --num-distributed-optimizer-instances 1 | none",
                "--num-distributed-optimizer-instances 2 | none",
                "--use-torch-fsdp2 --num-distributed-optimizer-instances 2 | none",
            })
    void copiesOfWhatRanksShare(String flags, String group) {
        Draft draft = read("--bf16 " + flags);

        assertThat(draft.find("job.parallel.shard-group")).isEqualTo(Optional.ofNullable(group));
        assertThat(draft.log().tellsOf("--num-distributed-optimizer-instances")).isTrue();
        assertThat(draft.log().warnings()).isEmpty();
    }

    @Test
    void copiesThatTheRanksDoNotFillAreRefused() {
        assertThatThrownBy(() -> read("--use-distributed-optimizer --num-distributed-optimizer-instances 3"))
                .hasMessageContaining("16 data-parallel ranks do not divide into 3 copies");
        String open = COMMAND.replace("--nnodes 2", "")
                + "--use-distributed-optimizer --num-distributed-optimizer-instances 2\n";
        assertThat(ImportKind.MEGATRON
                        .read(List.of(new SourceText("train.sh", open)), Target.none())
                        .log()
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.hint()).startsWith("--gpus N does"));
    }

    /** Else the scenario would run with one tensor rank as if the script had stated it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tensor-model-parallel-size $TP | job.parallel.tensor | 1 | $TP of --tensor-model-parallel-size",
                "--expert-model-parallel-size $EP | job.parallel.expert | 1 | $EP of --expert-model-parallel-size",
                "--global-batch-size $GBS | job.batch.global | auto | $GBS of --global-batch-size",
                "--micro-batch-size $1 | job.batch.micro | 1 sequence | $1 of --micro-batch-size",
                "--seq-length $(cat len) | job.batch.sequence-length | 2048 tokens | $(cat len) of --seq-length",
            })
    void aValueThatOnlyTheShellKnowsIsWarnedOf(String flag, String path, String assumed, String what) {
        Draft draft = read(flag);

        assertThat(draft.find(path)).contains(assumed);
        assertThat(draft.log().warnings())
                .extracting(Problem::message)
                .containsExactly(what + " is known only when the script runs; " + assumed + " is assumed");
        assertThat(draft.yaml()).containsPattern(path.replaceFirst(".*\\.", "") + ": " + assumed + " +# assumed: ");
    }

    @Test
    void aValueOfTheCommandLineIsNotAskedFor() {
        Target stated = new Target(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(Assignment.parse("job.parallel.tensor=8")));

        assertThat(read("--tensor-model-parallel-size $TP", stated).log().warnings())
                .isEmpty();
        assertThat(read("--num-experts $E").log().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).endsWith("; it is left out"));
    }

    @Test
    void theGranularityOfNamedModulesIsRead() {
        for (String selective : List.of("--recompute-granularity selective", "--recompute-activations")) {
            assertThat(lines(read(selective + " --recompute-modules mlp"), Fate.READ))
                    .contains(selective.split(" ")[0] + ", of the parts that --recompute-modules names");
        }
    }

    @Test
    void aRecipeThatIsNotKnownIsWarnedOf() {
        Draft custom = read("--bf16 --fp8-format hybrid --fp8-recipe custom");

        assertThat(custom.find("job.precision")).contains("fp8-delayed");
        assertThat(lines(custom, Fate.ASSUMED)).contains("job.precision: fp8-delayed, the recipe custom is not known");
        assertThat(custom.log().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).startsWith("the recipe custom of --fp8-recipe"));
        assertThat(read("--bf16 --fp8-format hybrid --fp8-recipe tensorwise").find("job.precision"))
                .contains("fp8");
    }

    /** Most scripts end so; the number of the stream is no argument. */
    @Test
    void whereOutputGoesIsNoPartOfTheLastFlag() {
        String end = " 2>&1 | tee train.log";

        assertThat(lines(read("--recompute-granularity selective --recompute-modules core_attn mlp" + end), Fate.READ))
                .contains("--recompute-modules, job.recompute: [core-attn, mlp]\n");
        assertThat(read(MIXTURE + "--moe-layer-freq \"([0]*1+[1]*23)\"" + end).find("job.model.dense-layers"))
                .contains("1");
    }

    /** torch.distributed.run: {@code --nproc-per-node} gpu, auto, cpu, {@code --nnodes} MIN:MAX; sbatch: {@code --nodes} MIN-MAX. */
    @ParameterizedTest
    @CsvSource({
        "--nproc_per_node=gpu, 2, --nproc-per-node",
        "--nproc_per_node auto, 2, --nproc-per-node",
        "--nnodes=1:4, 1, --nnodes",
        "--nnodes 4-8, 4, --nnodes",
    })
    void numbersThatTheLauncherCountsAreOpen(String flags, int nodes, String open) {
        Draft draft = read("--bf16 " + flags);

        assertThat(draft.find("cluster.nodes")).contains(Integer.toString(nodes));
        assertThat(draft.find("cluster.node.gpus")).isEmpty();
        assertThat(lines(draft, Fate.OPEN)).contains(open + ", ");
    }

    @Test
    void theLeastNodesOfADirectiveAreTaken() {
        String script = "#SBATCH --nodes=2-4\nsrun -N $SLURM_NNODES " + COMMAND.replace("--nnodes 2 ", "");
        Draft draft = ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", script + "\n")), Target.none());
        Draft directive = ImportKind.MEGATRON.read(
                List.of(new SourceText("train.sh", script.replace("-N $SLURM_NNODES", "") + "\n")), Target.none());

        assertThat(draft.find("cluster.nodes")).contains("2");
        assertThat(directive.find("cluster.nodes")).contains("2");
        assertThat(lines(directive, Fate.OPEN))
                .contains("#SBATCH --nodes, 2-4: training starts with 2, which is taken unless --gpus says how many");
    }
}
