package trainyard.scenario.importing.megatron;

import java.util.Map;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.Problem;

/**
 * Flags whose values only a running shell knows. A scenario without them would run as if the script had stated the default, so the
 * usual value stands in it with the reason, and each is warned of.
 */
final class OpenFlags {

    /**
     * Where a value belongs.
     *
     * @param path the key of the scenario
     * @param usual what stands for it
     * @param form how a value is written
     */
    private record Place(String path, String usual, String form) {

        static Place degree(String name) {
            return new Place("job.parallel." + name, "1", "N");
        }
    }

    private static final Place GLOBAL = new Place("job.batch.global", "auto", "'N sequences'");
    private static final Place MICRO = new Place("job.batch.micro", "1 sequence", "'N sequences'");
    private static final Place SEQUENCE = new Place("job.batch.sequence-length", "2048 tokens", "'N tokens'");

    private static final Map<String, Place> PLACES = Map.ofEntries(
            Map.entry("--tensor-model-parallel-size", Place.degree("tensor")),
            Map.entry("--model-parallel-size", Place.degree("tensor")),
            Map.entry("--pipeline-model-parallel-size", Place.degree("pipeline")),
            Map.entry("--context-parallel-size", Place.degree("context")),
            Map.entry("--" + PlanFlags.ULYSSES, Place.degree("context")),
            Map.entry("--expert-model-parallel-size", Place.degree("expert")),
            Map.entry("--moe-expert-parallel-size", Place.degree("expert")),
            Map.entry("--global-batch-size", GLOBAL),
            Map.entry("--micro-batch-size", MICRO),
            Map.entry("--batch-size", MICRO),
            Map.entry("--seq-length", SEQUENCE),
            Map.entry("--encoder-seq-length", SEQUENCE));

    private OpenFlags() {}

    /** Puts in what stands for values that are not known, and warns of each that the command line does not state. */
    static void put(LaunchFlags flags, Draft draft, Target target) {
        for (Found open : flags.open()) {
            Place place = PLACES.get(open.name());
            boolean ofMachines = LaunchMachines.NAMES.contains(LaunchFlags.name(open.name()));
            if (place != null) {
                place(open, place, draft, target);
            } else if (!ofMachines && !open.name().equals("--max-position-embeddings")) {
                warn(open, "it is left out", "write it out in a copy of the script", draft);
            }
        }
    }

    private static void place(Found open, Place place, Draft draft, Target target) {
        if (!draft.has(place.path())) {
            draft.assume(place.path(), place.usual(), open.text() + LaunchFlags.IN_THE_SHELL);
        }
        boolean stated = target.changes().stream()
                .anyMatch(change -> change.path().toString().equals(place.path()));
        boolean assumed = draft.find(place.path()).filter(place.usual()::equals).isPresent();
        if (assumed && !stated) {
            warn(
                    open,
                    place.usual() + " is assumed",
                    "state it with --set " + place.path() + "=" + place.form(),
                    draft);
        }
    }

    private static void warn(Found open, String then, String hint, Draft draft) {
        draft.log()
                .warn(Problem.at(
                        open.position(),
                        Problem.Kind.VALUE,
                        open.text() + " of " + open.name() + LaunchFlags.IN_THE_SHELL + "; " + then,
                        hint));
    }
}
