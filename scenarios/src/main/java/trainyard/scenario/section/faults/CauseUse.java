package trainyard.scenario.section.faults;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;

/** Keys of a life that count only where something of a kind can go wrong. A trace has explicit faults of nodes alone. */
public final class CauseUse {

    private CauseUse() {}

    /** With a cause of this visibility. */
    public static Use visible(Visibility visibility) {
        return use(
                "a cause of visibility `" + ChoiceType.word(visibility) + "`",
                cause -> cause.get(CauseSection.VISIBILITY) == visibility,
                cause -> cause.visibility() == visibility);
    }

    /** With a cause of one of these scopes, or one that sets others off in such a domain. */
    public static Use striking(String words, Scope... scopes) {
        List<Scope> all = List.of(scopes);
        return use(
                words,
                cause -> all.contains(cause.get(CauseSection.SCOPE))
                        || cause.find(CauseSection.BURST)
                                .map(burst -> burst.get(BurstSection.DOMAIN))
                                .filter(all::contains)
                                .isPresent(),
                cause -> all.contains(cause.scope())
                        || cause.traits()
                                .burst()
                                .filter(burst -> all.contains(burst.domain()))
                                .isPresent());
    }

    /**
     * With a cause of some kind.
     *
     * @param written whether one of the scenario is of it
     * @param counted whether one of a preset is
     */
    private static Use use(String words, Predicate<Values> written, Predicate<FaultCause> counted) {
        return new Use(
                words,
                List.of(),
                (own, all) -> LifeParts.find(all, FaultsSection.FAULTS)
                        .filter(faults -> isAny(faults, written, counted))
                        .isPresent());
    }

    private static boolean isAny(Values faults, Predicate<Values> written, Predicate<FaultCause> counted) {
        Map<String, Setting<Values>> causes = faults.find(FaultsSection.CAUSES).orElse(Map.of());
        return causes.values().stream().map(Setting::value).anyMatch(written)
                || faults.find(FaultsSection.PRESET).orElse(List.of()).stream()
                        .filter(cause -> !causes.containsKey(cause.name()))
                        .anyMatch(counted);
    }
}
