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
                .isInstanceOfSatisfying(ScenarioException.class, refused -> assertThat(
                                refused.problems().get(0).hint())
                        .contains("--gpus N"));
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

    @ParameterizedTest
    @CsvSource({
        "--tarin-iters 100, train-iters",
        "--tensor-model-paralel-size 8, tensor-model-parallel-size",
        "--wieght-decay 0.1, weight-decay",
        "--tarin-iters 100 --train-iters 100, ",
    })
    void slipsOfFlagsNameTheNearest(String flags, String meant) {
        assertThat(read(flags).log().warnings().stream().map(Problem::hint).toList())
                .isEqualTo(meant == null ? List.of() : List.of("did you mean '" + meant + "'?"));
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
