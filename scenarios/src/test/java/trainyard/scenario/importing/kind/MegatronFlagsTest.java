package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.scenario.importing.kind.MegatronScript.lines;
import static trainyard.scenario.importing.kind.MegatronScript.read;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.Problem;

/** Each flag of a launch script is read as Megatron-LM reads it, with its defaults, and stands in the log. */
class MegatronFlagsTest {

    /** Megatron-DeepSpeed, arguments.py (2023), as BigScience's experiments/gpt2-meg-ds-zero use them. */
    @Test
    void whatMegatronDeepSpeedKeepsOnTheHost() {
        String recomputed = "--checkpoint-activations --deepspeed-activation-checkpointing --checkpoint-num-layers 1 ";
        Draft host = read(
                recomputed + "--checkpoint-in-cpu --partition-activations --deepspeed --zero-stage 3 --cpu-optimizer");

        assertThat(host.find("job.parallel.offload-activations")).contains("cpu");
        assertThat(host.find("job.parallel.offload-optimizer")).contains("cpu");
        assertThat(lines(host, Fate.IGNORED))
                .contains("--partition-activations, each tensor rank keeps its checkpoints whole")
                .contains("--checkpoint-num-layers, every layer has a checkpoint");
        assertThat(read("--checkpoint-in-cpu").find("job.parallel.offload-activations"))
                .isEmpty();
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
}
