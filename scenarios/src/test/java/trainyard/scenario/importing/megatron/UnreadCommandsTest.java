package trainyard.scenario.importing.megatron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** A script has one command that trains, where it can be read; of others it is said where they are. */
class UnreadCommandsTest {

    private static final String COMMAND = "torchrun pretrain_gpt.py --num-layers 8 --hidden-size 1024"
            + " --num-attention-heads 16 --micro-batch-size 1 --tensor-model-parallel-size ";

    private static Draft read(String script) {
        Draft draft = new Draft("train");
        MegatronScript.read(new SourceText("train.sh", script), draft, Target.none());
        return draft;
    }

    private static List<String> warnings(String script) {
        return read(script).log().warnings().stream()
                .map(warning -> warning.position().orElseThrow().label() + " " + warning.message())
                .toList();
    }

    @Test
    void aSecondCommandIsWarnedOf() {
        assertThat(warnings(COMMAND + "8\n\n" + COMMAND + "4\n"))
                .containsExactly("train.sh:1:1 a second command has arguments of training; the one of line 3 is read");
        assertThat(warnings(COMMAND + "8 --bf16\n" + COMMAND + "4\n"))
                .containsExactly("train.sh:2:1 a second command has arguments of training; the one of line 1 is read");
        assertThat(warnings(COMMAND + "8\nretry() {\n  sleep 1\n  " + COMMAND + "4\n}\n"))
                .containsExactly(
                        "train.sh:4:3 a second command has arguments of training, in a part from line 2 on that is not"
                                + " followed; the one of line 1 is read");
    }

    /** Printing a command, evaluating its text, starting it again, or another tool is no second training. */
    @Test
    void oneCommandMayStandThereSeveralTimes() {
        assertThat(warnings("CMD=\"" + COMMAND + "8\"\necho Starting $CMD\neval $CMD\n"))
                .isEmpty();
        assertThat(warnings(COMMAND + "8\nwhile true; do\n" + COMMAND + "8\ndone\n"))
                .isEmpty();
        assertThat(warnings("python convert.py --tensor-model-parallel-size 2\n" + COMMAND + "8\n"))
                .isEmpty();
        assertThat(warnings("ARGS=\"--num-layers 4\"\nARGS=\"\"\n" + COMMAND + "8\n"))
                .isEmpty();
    }

    /** A comment between lines that are joined ends the command, in a shell as well. */
    @Test
    void flagsThatNoCommandHasAreWarnedOf() {
        String cut = COMMAND
                + "8 \\\n  # --fp16 \\\n  --seq-length 4096 --global-batch-size 64 --bf16 --swiglu --vocab-size 9"
                + " --num-layers 9 --hidden-size 64 --num-attention-heads 4\n";

        assertThat(warnings(cut))
                .containsExactly(
                        "train.sh:3:3 no command begins with --seq-length; the one above ends before this line");
        assertThat(read(cut).find("job.model.layers")).contains("8");
    }

    @Test
    void aCommandInAHereDocumentIsRefusedAtItsLine() {
        assertThatThrownBy(() -> read("sbatch <<EOT\n#SBATCH -N 2\nsrun " + COMMAND + "8\nEOT\n"))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    Problem problem = refused.problems().get(0);
                    assertThat(problem.message()).contains("is in a here-document");
                    assertThat(problem.position().orElseThrow().line()).isEqualTo(3);
                });
        assertThat(warnings("cat <<EOT > ds.json\n{\"train_batch_size\": 8}\nEOT\n" + COMMAND + "8\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "launch() {\n  RUN\n}\nlaunch\n",
                "for tp in 2 4; do\n  RUN\ndone\n",
                "if [ -f $1 ]; then\n  RUN\nfi\n",
                "MODEL=\"--num-layers 8 --hidden-size 1024\"\nlaunch() {\n\n  RUN\n}\nlaunch\n",
            })
    void thePartThatHoldsTheOnlyCommandIsNamed(String script) {
        int lines = script.startsWith("MODEL") ? 2 : 1;
        assertThatThrownBy(() -> read(script.replace("RUN", COMMAND + "8")))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    Problem problem = refused.problems().get(0);
                    assertThat(problem.message())
                            .isEqualTo("the command that trains is in a part of the script that is not followed, from"
                                    + " line " + lines + " on");
                    assertThat(problem.position().orElseThrow().line()).isEqualTo(2 * lines);
                });
        assertThatThrownBy(() -> read("echo hello\n"))
                .hasMessageContaining("no command here has arguments of Megatron-LM");
    }
}
