package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trainyard.scenario.importing.kind.MegatronScript.COMMAND;
import static trainyard.scenario.importing.kind.MegatronScript.MIXTURE;
import static trainyard.scenario.importing.kind.MegatronScript.lines;
import static trainyard.scenario.importing.kind.MegatronScript.read;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** What only the shell or the launcher knows is asked for, and stands in the log. */
class MegatronShellTest {

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
