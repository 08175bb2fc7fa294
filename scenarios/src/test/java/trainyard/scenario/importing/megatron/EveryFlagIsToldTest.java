package trainyard.scenario.importing.megatron;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** Whatever stands beside it, a flag that is given has its line in the log: read, or ignored and why. */
class EveryFlagIsToldTest {

    private static final String COMMAND =
            "torchrun pretrain_gpt.py --num-layers 8 --hidden-size 1024 --num-attention-heads 16 ";

    /** Values that a flag takes; others take 1. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            entry("num-layers", "8"),
            entry("hidden-size", "1024"),
            entry("num-attention-heads", "16"),
            entry("vocab-size", "1000"),
            entry("moe-layer-freq", "'[0]+[1]*7'"),
            entry("pipeline-model-parallel-layout", "'Et*4|t*4L'"),
            entry("recompute-granularity", "full"),
            entry("recompute-modules", "mlp"),
            entry("data-parallel-sharding-strategy", "optim"),
            entry("recompute-method", "block"),
            entry("activations-checkpoint-method", "block"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--bf16 --recompute-granularity selective",
                "--num-experts 8 --expert-model-parallel-size 2 --multi-latent-attention --use-megatron-fsdp",
                "--pipeline-model-parallel-size 2 --swiglu --fp8-format hybrid --use-torch-fsdp2",
                "--deepspeed --zero-stage 1 --cuda-graph-impl local --vocab-size 50257 --nnodes 1 --nproc-per-node 8",
            })
    void aFlagThatIsGivenStandsInTheLog(String others) {
        int read = 0;
        for (String name : names()) {
            String flag = others.contains("--" + name) ? "" : " --" + name + " " + VALUES.getOrDefault(name, "1");
            for (Target target : List.of(Target.none(), model())) {
                read += isToldOf(COMMAND + others + flag, target) ? 1 : 0;
            }
        }
        assertThat(read).as("commands that were read").isGreaterThan(names().size());
    }

    /**
     * The prefixes by hand of flags without a value, held against how flags are read: one whose value is asked for is no
     * switch, and one whose value is not asked for is one, but for four that are read by their presence or beside others
     * and those of layers that are refused.
     */
    @Test
    void aFlagIsASwitchWhereNothingAsksForItsValue() {
        List<String> settings = List.of(
                "",
                "--bf16 --recompute-granularity selective --recompute-activations",
                "--num-experts 8 --moe-expert-parallel-size 2 --group-query-attention",
                "--num-experts 8 --multi-latent-attention --use-megatron-fsdp --fp8-format hybrid",
                "--deepspeed",
                "--window-size 127,0",
                "--pipeline-model-parallel-size 2");
        Set<String> asked = new TreeSet<>();
        for (String others : settings) {
            for (String name : names()) {
                if (asksForValue(COMMAND + others, name)) {
                    asked.add(name);
                }
            }
        }
        assertThat(asked).noneMatch(IgnoredFlags::isSwitch);

        Set<String> without = names();
        without.removeAll(asked);
        without.removeIf(name -> COMMAND.contains("--" + name + " ") || IgnoredFlags.isSwitch(name));
        assertThat(without)
                .containsExactlyInAnyOrder(
                        "cp-comm-type",
                        "glu-activation",
                        "moe-flex-dispatcher-backend",
                        "moe-router-num-groups",
                        "experimental-attention-variant",
                        "heterogeneous-layers-config-path",
                        "hybrid-attention-ratio",
                        "hybrid-layer-pattern",
                        "hybrid-override-pattern",
                        "linear-attention-type");
    }

    /**
     * What only a running shell knows behind the first value is a further flag, but for flags that take several values (arguments.py,
     * {@code nargs}) and for paths of data.
     */
    @ParameterizedTest
    @CsvSource({
        "rampup-batch-size, 16, false",
        "recompute-modules, mlp, false",
        "num-experts, 8, false",
        "cuda-graph-scope, attn, false",
        "mrope-section, 16, false",
        "moe-router-load-balancing-type, aux_loss, false",
        "moe-aux-loss-coeff, 1e-3, false",
        "data-path, 0.3, false",
        "train-data-path, 0.3, false",
        "micro-batch-size, 1, true",
        "split, '99,1,0', true",
    })
    void aFurtherWordIsAValueOfFlagsThatTakeSeveral(String name, String value, boolean flags) {
        Draft draft = new Draft("train");
        MegatronScript.read(
                new SourceText("train.sh", COMMAND + "--bf16 --" + name + " " + value + " $MORE\n"),
                draft,
                Target.none());

        assertThat(draft.log().lines().stream()
                        .anyMatch(line ->
                                line.fate() == Fate.OPEN && line.detail().startsWith("further flags")))
                .isEqualTo(flags);
    }

    /** Whether the log says that the value of a flag is known only when the script runs. */
    private static boolean asksForValue(String command, String name) {
        if (command.contains("--" + name + " ")) {
            return false;
        }
        Draft draft = new Draft("train");
        try {
            MegatronScript.read(new SourceText("train.sh", command + " --" + name + " $GIVEN\n"), draft, Target.none());
        } catch (ScenarioException contradiction) {
            return false;
        }
        return draft.log().lines().stream()
                .anyMatch(line -> line.fate() == Fate.OPEN && line.subject().equals("--" + name));
    }

    /** Whether the command is not refused. */
    private static boolean isToldOf(String command, Target target) {
        Draft draft = new Draft("train");
        try {
            MegatronScript.read(new SourceText("train.sh", command + "\n"), draft, target);
        } catch (ScenarioException contradiction) {
            return false;
        }
        assertThat(command.split(" "))
                .filteredOn(word -> word.startsWith("--"))
                .as(command)
                .allMatch(draft.log()::tellsOf);
        return true;
    }

    private static Target model() {
        return new Target(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Found.option("--model", "llama2-7b")),
                List.of());
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(ModelFlags.NAMES);
        names.addAll(PlanFlags.NAMES);
        names.addAll(ShardingFlags.NAMES);
        names.addAll(ExchangeFlags.NAMES);
        names.addAll(StageFlags.NAMES);
        names.addAll(LaunchMachines.NAMES);
        return names;
    }
}
