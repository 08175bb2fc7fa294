package trainyard.scenario.importing.kind;

import java.util.List;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.SourceText;

/** A launch script of Megatron-LM with further flags, and what is read in it. */
final class MegatronScript {

    static final String COMMAND =
            "torchrun --nproc_per_node 8 --nnodes 2 pretrain_gpt.py --num-layers 24 --hidden-size 1024"
                    + " --num-attention-heads 16 --seq-length 2048 --swiglu --micro-batch-size 1 --global-batch-size 32 ";

    static final String MIXTURE = "--bf16 --num-experts 16 --moe-router-topk 2 --moe-ffn-hidden-size 512 ";

    private MegatronScript() {}

    static Draft read(String flags) {
        return read(flags, Target.none());
    }

    static Draft read(String flags, Target target) {
        return ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", COMMAND + flags + "\n")), target);
    }

    static String lines(Draft draft, Fate fate) {
        StringBuilder lines = new StringBuilder();
        draft.log().lines().stream()
                .filter(line -> line.fate() == fate)
                .forEach(line -> lines.append(line.subject())
                        .append(", ")
                        .append(line.detail())
                        .append('\n'));
        return lines.toString();
    }
}
