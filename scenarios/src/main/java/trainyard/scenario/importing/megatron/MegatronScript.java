package trainyard.scenario.importing.megatron;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.importing.shell.ShellScript;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** Puts the arguments of a launch script into a draft. The script is parsed, never executed. */
public final class MegatronScript {

    private MegatronScript() {}

    /**
     * Reads the script into the draft.
     *
     * @throws ScenarioException if no command has arguments of Megatron-LM, or one of them cannot be
     */
    public static void read(SourceText source, Draft draft, Target target) {
        ShellScript script = ShellScript.read(source, LaunchMachines::environment);
        LaunchFlags flags = LaunchFlags.find(script, source, names(), draft.log());
        LaunchMachines.read(flags, script).put(draft, target);
        if (target.model().isPresent()) {
            target.putModel(draft);
        } else {
            new ModelFlags(flags, draft).put();
        }
        new PlanFlags(flags, draft).put();
        new ExchangeFlags(flags, draft).put();
        new StageFlags(flags, draft).put();
        OpenFlags.put(flags, draft, target);
        flags.unknownWords()
                .forEach(word -> draft.log().note(Fate.OPEN, word, "further flags, if any" + LaunchFlags.ONLY_THEN));
        flags.forEachUntold((name, position) -> ignore(draft, name, position, target, flags));
        script.passedOver()
                .forEach(passage ->
                        draft.log().note(Fate.IGNORED, passage.position(), "part of the script", passage.reason()));
    }

    private static void ignore(Draft draft, String written, Position position, Target target, LaunchFlags flags) {
        String name = LaunchFlags.name(written);
        Optional<String> reason = withoutEffect(name, target).or(() -> IgnoredFlags.reason(name));
        if (reason.isEmpty()) {
            meant(name)
                    .ifPresent(meant -> draft.log()
                            .warn(Problem.at(
                                    position,
                                    Problem.Kind.KEY,
                                    "no flag " + written + " of Megatron-LM is known",
                                    flags.has(meant)
                                            ? "'" + meant + "' is given as well; leave one out"
                                            : "did you mean '" + meant + "'?")));
        }
        draft.log().note(Fate.IGNORED, position, written, reason.orElse("no part of a scenario"));
    }

    /** Why a flag that others are read with stands nowhere else in the log. */
    private static Optional<String> withoutEffect(String name, Target target) {
        if (target.model().isPresent() && ModelFlags.NAMES.contains(name)) {
            return Optional.of("--model says what is trained");
        } else if (LaunchMachines.NAMES.contains(name)) {
            return Optional.of("another flag, or --gpus, says how many there are");
        }
        return names().contains(name) ? Optional.of("has no effect beside the other flags") : Optional.empty();
    }

    /**
     * The flag that another one misses by a slip. Megatron-LM takes no shortened flags (arguments.py, {@code allow_abbrev=False}) and
     * would not start; one that is only the beginning of another may be a flag of its own, such as {@code --cpu-offloading}.
     */
    private static Optional<String> meant(String name) {
        Set<String> known = names();
        known.addAll(LaunchMachines.NAMES);
        known.addAll(IgnoredFlags.USUAL);
        return Nearest.slip(name, known);
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(ModelFlags.NAMES);
        names.addAll(PlanFlags.NAMES);
        names.addAll(ShardingFlags.NAMES);
        names.addAll(ExchangeFlags.NAMES);
        names.addAll(StageFlags.NAMES);
        return names;
    }
}
