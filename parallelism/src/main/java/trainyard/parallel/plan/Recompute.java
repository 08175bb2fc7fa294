package trainyard.parallel.plan;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the backward pass computes again instead of keeping it (activation checkpointing).
 *
 * @param rule how a layer is divided into what is kept and what is computed again
 * @param modules parts that are computed again under {@link Rule#MODULES}, at least one; none under other rules
 */
public record Recompute(Rule rule, Set<RecomputeModule> modules) {

    /** Ways to divide a layer, from what recomputes least to what recomputes most. */
    public enum Rule {
        /** Everything is kept. */
        NONE,
        /** Named parts are computed again. */
        MODULES,
        /**
         * All but attention and the results of every second product with weights (torchtitan, parallelize_llama.py,
         * selective_ac_option {@code op}).
         */
        OPERATORS,
        /** The whole layer from its input. */
        FULL
    }

    public static final Recompute NONE = of(Rule.NONE);
    /** The attention core only (Korthikanti et al. 2022, section 5). */
    public static final Recompute SELECTIVE = of(EnumSet.of(RecomputeModule.CORE_ATTN));

    public static final Recompute OPERATORS = of(Rule.OPERATORS);
    public static final Recompute FULL = of(Rule.FULL);

    /** Those that one word names, from least to most. */
    public static final List<Recompute> WORDS = List.of(NONE, SELECTIVE, OPERATORS, FULL);

    public Recompute {
        if ((rule == Rule.MODULES) == modules.isEmpty()) {
            throw new IllegalArgumentException(
                    "modules belong to the rule that names them, got " + rule + " " + modules);
        }
        modules = modules.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(modules));
    }

    private static Recompute of(Rule rule) {
        return new Recompute(rule, Set.of());
    }

    /**
     * Named parts.
     *
     * @param modules at least one
     * @throws PlanException if one of them lies within another
     */
    public static Recompute of(Set<RecomputeModule> modules) {
        for (RecomputeModule part : List.of(RecomputeModule.MOE_ACT, RecomputeModule.SHARED_EXPERTS)) {
            if (modules.contains(RecomputeModule.MOE) && modules.contains(part)) {
                throw new PlanException("recompute", "recompute: moe has " + word(part) + " within it; leave one out");
            }
        }
        return new Recompute(Rule.MODULES, modules);
    }

    public boolean has(RecomputeModule module) {
        return modules.contains(module);
    }

    /** As scenarios write it: a word, or the modules. */
    public String word() {
        if (rule != Rule.MODULES) {
            return word(rule);
        }
        return equals(SELECTIVE)
                ? "selective"
                : modules.stream().map(Recompute::word).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
