package trainyard.scenario.verify.training;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.RecomputeModule;

/** What the backward pass of a row computes again, and in how many of its layers. */
final class RowRecompute {

    /** Hardware over model FLOPs beyond 1 where every layer is computed once more. */
    private static final double WHOLE_PASS = 1.0 / 3;

    /** Shares of layers are known from two-digit figures to about this. */
    private static final double NEARLY_ALL = 0.8;

    /** torchtitan: {@code selective 2} recomputes every second layer, {@code selective op} goes by operators. */
    private static final Pattern EVERY = Pattern.compile("selective\\W*(?:every\\W*)?(\\d+)");

    private static final int MOST_DIGITS = 4;

    /** Modules of Megatron-Core, and what Megatron-MoE-ModelZoo calls some of them. */
    private static final Map<String, RecomputeModule> MODULES = Map.ofEntries(
            Map.entry("core_attn", RecomputeModule.CORE_ATTN),
            Map.entry("norm", RecomputeModule.LAYERNORM),
            Map.entry("layernorm", RecomputeModule.LAYERNORM),
            Map.entry("act", RecomputeModule.MOE_ACT),
            Map.entry("moe_act", RecomputeModule.MOE_ACT),
            Map.entry("up_proj", RecomputeModule.MLA_UP_PROJ),
            Map.entry("mla_up_proj", RecomputeModule.MLA_UP_PROJ),
            Map.entry("mlp", RecomputeModule.MLP),
            Map.entry("moe", RecomputeModule.MOE),
            Map.entry("shared_expert", RecomputeModule.SHARED_EXPERTS),
            Map.entry("shared_experts", RecomputeModule.SHARED_EXPERTS));

    private RowRecompute() {}

    private static List<String> parts(String words) {
        return Arrays.stream(words.split("[,;+ ]+"))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /**
     * Where a source says nothing, nothing is recomputed: the default of every framework in the tables.
     *
     * @param layers layers of the model
     * @param pieces pieces that they are cut into
     */
    static Checkpointing of(RowCells cells, int layers, int pieces) {
        double share = share(cells);
        return share == 1
                ? Checkpointing.of(kind(cells))
                : Checkpointing.block(kind(cells), (int) Math.round(share * layers / pieces));
    }

    private static Recompute kind(RowCells cells) {
        String words = cells.words("recompute");
        if (!words.isBlank() && MODULES.keySet().containsAll(parts(words))) {
            EnumSet<RecomputeModule> modules = EnumSet.noneOf(RecomputeModule.class);
            parts(words).forEach(word -> modules.add(MODULES.get(word)));
            return Recompute.of(modules);
        }
        if (words.startsWith("full") || words.contains("full") && pyTorch(cells) || wholeLayers(cells)) {
            return Recompute.FULL;
        }
        boolean selective = words.startsWith("selective") || words.contains("selective") && pyTorch(cells);
        if (!selective || words.contains("0 layers")) {
            return Recompute.NONE;
        }
        return pyTorch(cells) ? Recompute.OPERATORS : Recompute.SELECTIVE;
    }

    /** Share of the layers that {@link #kind} holds for. */
    private static double share(RowCells cells) {
        if (!wholeLayers(cells)) {
            return 1;
        }
        Matcher every = EVERY.matcher(cells.words("recompute"));
        return every.find()
                ? 1.0 / everyNth(every.group(1))
                : countedShare(cells).orElse(1);
    }

    /**
     * PyTorch FSDP calls it selective to recompute whole layers, evenly spread (fms-fsdp, policies/ac_handler.py;
     * torchtitan, selective_ac_option 2). Without a number their share follows from the FLOPs that a row counts.
     */
    private static boolean wholeLayers(RowCells cells) {
        String words = cells.words("recompute");
        if (!words.contains("selective") || !pyTorch(cells)) {
            return false;
        }
        Matcher every = EVERY.matcher(words);
        return every.find() ? everyNth(every.group(1)) > 0 : countedShare(cells).isPresent();
    }

    /**
     * @throws IllegalArgumentException if no model has so many layers
     */
    private static int everyNth(String digits) {
        if (digits.length() > MOST_DIGITS) {
            throw new IllegalArgumentException("recompute names every " + digits + "th layer; no model has so many");
        }
        return Integer.parseInt(digits);
    }

    private static boolean pyTorch(RowCells cells) {
        return RowSoftware.isTorchtitan(cells) || cells.words("framework").contains("pytorch fsdp");
    }

    /** Hardware over model FLOPs is 4/3 where all layers are recomputed. */
    private static OptionalDouble countedShare(RowCells cells) {
        OptionalDouble model = cells.optionalNumber("mfu_pct");
        OptionalDouble hardware = cells.optionalNumber("hfu_pct");
        if (model.isEmpty() || hardware.isEmpty() || hardware.getAsDouble() <= model.getAsDouble()) {
            return OptionalDouble.empty();
        }
        double share = (hardware.getAsDouble() / model.getAsDouble() - 1) / WHOLE_PASS;
        return OptionalDouble.of(share > NEARLY_ALL ? 1 : share);
    }
}
