package trainyard.scenario.importing.draft;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.source.Problem;

/**
 * The optimizer of a configuration. A scenario has Adam, with two moments of 4 bytes a parameter (Kingma and Ba 2015); what keeps fewer
 * is priced with memory and traffic that it does not have.
 */
public final class PricedOptimizer {

    /** Two moments as Adam (torch.optim; deepspeed/runtime/config.py, DEEPSPEED_OPTIMIZERS; Apex, optimizers). */
    private static final Set<String> ALIKE = Set.of(
            "adam",
            "adamw",
            "fusedadam",
            "cpuadam",
            "muadam",
            "muadamw",
            "lamb",
            "onebitadam",
            "zerooneadam",
            "onebitlamb");

    private static final String MOMENTUM = "none, or 4 with momentum";
    private static final String ONE = "4";

    /** Bytes a parameter of the state of others (torch.optim.SGD and Adagrad; Chen et al. 2023, Lion). */
    private static final Map<String, String> BYTES =
            Map.of("sgd", MOMENTUM, "musgd", MOMENTUM, "lion", ONE, "adagrad", ONE, "muon", "4 for matrices");

    private PricedOptimizer() {}

    /** Notes what a scenario makes of an optimizer, and warns of one whose state is not that of Adam. */
    public static void tell(Found type, ImportLog log) {
        String word = type.text().toLowerCase(Locale.ROOT);
        if (ALIKE.contains(word)) {
            log.note(Fate.READ, type, "a step is priced with Adam");
            return;
        }
        log.note(Fate.IGNORED, type, "a step is priced with Adam; see the warning");
        String own = Optional.ofNullable(BYTES.get(word))
                .map(bytes -> type.text() + " keeps " + bytes)
                .orElse(type.text() + " may keep others");
        log.warn(Problem.at(
                type.position(),
                Problem.Kind.VALUE,
                "the scenario has Adam, which keeps 8 bytes a parameter of moments; " + own,
                "take the memory of the optimizer for an upper bound"));
    }
}
