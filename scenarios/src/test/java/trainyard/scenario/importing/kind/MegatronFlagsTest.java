package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.SourceText;

/** Each flag of a launch script is read as Megatron-LM reads it, with its defaults, and stands in the log. */
class MegatronFlagsTest {

    private static final String COMMAND =
            "torchrun --nproc_per_node 8 --nnodes 2 pretrain_gpt.py --num-layers 24 --hidden-size 1024"
                    + " --num-attention-heads 16 --seq-length 2048 --swiglu --micro-batch-size 1 --global-batch-size 32 ";

    private static final String MIXTURE = "--bf16 --num-experts 16 --moe-router-topk 2 --moe-ffn-hidden-size 512 ";

    private static Draft read(String flags) {
        return ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", COMMAND + flags + "\n")), Target.none());
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
}
