package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trainyard.scenario.importing.kind.MegatronScript.COMMAND;
import static trainyard.scenario.importing.kind.MegatronScript.MIXTURE;
import static trainyard.scenario.importing.kind.MegatronScript.lines;
import static trainyard.scenario.importing.kind.MegatronScript.read;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** Flags of layers, heads and experts. */
class MegatronModelFlagsTest {

    /** Megatron-LM, arguments.py: {@code --num-query-groups} is 1. */
    /** arguments.py: "left,right"; a query sees itself and the left ones (Transformer Engine, attention.py). */
    @Test
    void aWindowIsRead() {
        assertThat(MegatronScript.read("--window-size 127,0").find("job.model.window"))
                .contains("128");
        assertThat(MegatronScript.read("--window-size -1,0").find("job.model.window"))
                .isEmpty();
        Draft alternate = MegatronScript.read("--window-size '(127, 0)' --window-attn-skip-freq 2");
        assertThat(alternate.find("job.model.window")).contains("128");
        assertThat(alternate.log().warnings())
                .extracting(Problem::message)
                .anyMatch(text -> text.contains("some layers see all"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--is-hybrid-model",
                "--hybrid-override-pattern M-M*",
                "--experimental-attention-variant gated_delta_net",
                "--heterogeneous-layers-config-path layers.json"
            })
    void layersWithoutACostModelAreRefused(String flag) {
        assertThatThrownBy(() -> MegatronScript.read(flag))
                .isInstanceOfSatisfying(
                        ScenarioException.class,
                        refused -> assertThat(refused.problems().get(0).message())
                                .startsWith(flag.split(" ")[0] + " makes ")
                                .endsWith("which have no cost model"));
    }

    /** What a script of two files lacks may stand in the other one (examples/academic_paper_scripts/sc21). */
    @Test
    void aFileThatIsNotReadIsNamedWhereSomethingIsMissing() {
        SourceText script = new SourceText(
                "run.sh", "PP=2\nEXTRA=\"--recompute-method uniform --micro-batch-size 1\"\n. `pwd`/CONFIG.sh\n");

        assertThatThrownBy(() -> ImportKind.MEGATRON.read(List.of(script), Target.none()))
                .isInstanceOfSatisfying(
                        ScenarioException.class,
                        refused -> assertThat(refused.problems().get(0).message())
                                .isEqualTo(
                                        "the command has no --num-layers; the file that line 3 takes in is not read"));
    }

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

    @Test
    void anMlpBesideExpertsNeedsExperts() {
        assertThat(lines(read("--mlp-type residual"), Fate.IGNORED)).contains("--mlp-type, no layer has experts");
        assertThat(lines(read("--num-experts 8 --moe-expert-parallel-size 1 --mlp-type standard"), Fate.IGNORED))
                .contains("--mlp-type, standard has no dense MLP beside experts");
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
}
