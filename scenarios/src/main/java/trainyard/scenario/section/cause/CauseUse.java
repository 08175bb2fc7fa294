package trainyard.scenario.section.cause;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;

/**
 * Keys of a life that count only where something of a kind can go wrong. Causes are looked up by their keys, since the sections
 * that ask are parts of the one that holds them. A trace has explicit faults of nodes alone.
 */
public final class CauseUse {

    private CauseUse() {}

    /** With a cause of this visibility. */
    public static Use visible(Visibility visibility) {
        String word = ChoiceType.word(visibility);
        return use(
                "a cause of visibility `" + word + "`",
                cause -> cause.text("visibility").filter(word::equals).isPresent(),
                cause -> cause.visibility() == visibility);
    }

    /** With a cause of one of these scopes, or one that sets others off in such a domain. */
    public static Use striking(String words, Scope... scopes) {
        List<Scope> all = List.of(scopes);
        List<String> scopeWords = all.stream().map(ChoiceType::word).toList();
        return use(
                words,
                cause -> cause.text("scope").filter(scopeWords::contains).isPresent()
                        || section(cause, "burst")
                                .flatMap(burst -> burst.text("domain"))
                                .filter(scopeWords::contains)
                                .isPresent(),
                cause -> all.contains(cause.scope())
                        || cause.traits()
                                .burst()
                                .filter(burst -> all.contains(burst.domain()))
                                .isPresent());
    }

    private static Use use(String words, Predicate<Values> stated, Predicate<FaultCause> counted) {
        return new Use(
                words,
                List.of(),
                (own, all) -> section(all, "life")
                        .flatMap(life -> section(life, "faults"))
                        .filter(faults -> isAny(faults, stated, counted))
                        .isPresent());
    }

    private static boolean isAny(Values faults, Predicate<Values> stated, Predicate<FaultCause> counted) {
        Map<?, ?> causes = value(faults, "causes")
                .filter(Map.class::isInstance)
                .<Map<?, ?>>map(Map.class::cast)
                .orElse(Map.of());
        boolean isStated = causes.values().stream()
                .map(cause -> (Setting<?>) cause)
                .anyMatch(cause -> cause.value() instanceof Values values && stated.test(values));
        return isStated
                || value(faults, "preset").filter(Collection.class::isInstance).stream()
                        .flatMap(preset -> ((Collection<?>) preset).stream())
                        .map(FaultCause.class::cast)
                        .anyMatch(cause -> !causes.containsKey(cause.name()) && counted.test(cause));
    }

    private static Optional<Values> section(Values parent, String key) {
        return value(parent, key).filter(Values.class::isInstance).map(Values.class::cast);
    }

    private static Optional<Object> value(Values parent, String key) {
        return Optional.<Setting<?>>ofNullable(parent.settings().get(key)).map(Setting::value);
    }
}
