package trainyard.scenario.format;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problems;

/** What a key may mean that its section does not have: another name of one, one of another section, or nothing there is. */
public final class UnknownKey {

    /** Places above which none is named: a key that is everywhere says nothing. */
    private static final int MAX_PLACES = 2;

    /** The section of the machines, which most kinds of study have. */
    private static final String MACHINES = "cluster";

    /** Names of other tools that do not look like those of scenarios; kept by hand, as no file lists them. */
    static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("tp", "tensor"),
            Map.entry("pp", "pipeline"),
            Map.entry("dp", "data"),
            Map.entry("cp", "context"),
            Map.entry("ep", "expert"),
            Map.entry("vp", "virtual-stages"),
            Map.entry("vpp", "virtual-stages"),
            Map.entry("sp", "sequence-parallel"),
            Map.entry("fsdp", "zero"),
            Map.entry("gbs", "global"),
            Map.entry("mbs", "micro"),
            Map.entry("seq", "sequence-length"),
            Map.entry("seqlen", "sequence-length"),
            Map.entry("seq-len", "sequence-length"),
            Map.entry("seq-length", "sequence-length"),
            Map.entry("context-length", "sequence-length"),
            Map.entry("gradient-accumulation-steps", "accumulation"),
            Map.entry("dtype", "precision"),
            Map.entry("activation-checkpointing", "recompute"),
            Map.entry("vocab", "vocabulary"),
            Map.entry("vocab-size", "vocabulary"),
            Map.entry("d-model", "hidden"),
            Map.entry("d-ff", "ffn"),
            Map.entry("lr", "rate"),
            Map.entry("learning-rate", "rate"));

    private static final Set<String> NOT_TRAINING =
            Set.of("inference", "serving", "serve", "generation", "decode", "prefill", "evaluation", "eval");

    private UnknownKey() {}

    /** What to write instead, in words; empty where nobody can tell. */
    static String hint(Section section, String key, Node value, Problems problems) {
        return hint(section, key, name -> problems.places(name, value));
    }

    /**
     * The same for a key of a dotted path, whatever it is to hold.
     *
     * @param root the format
     * @param section the section that lacks the key
     */
    public static String hint(Section section, String key, Section root) {
        return hint(section, key, name -> root.places(name, field -> true));
    }

    private static String hint(Section section, String key, Function<String, List<String>> places) {
        List<String> known = section.fields().stream().map(Field::key).toList();
        String written = key.toLowerCase(Locale.ROOT).replace('_', '-');
        Optional<String> other = Optional.ofNullable(OTHER_NAMES.get(written));
        String near = Nearest.hint(key, known);
        Optional<String> here = other.filter(known::contains)
                .or(() -> near.isEmpty() ? Nearest.part(written, known) : Optional.empty());
        if (here.isPresent()) {
            return Section.hint(here.get());
        }
        if (!near.isEmpty()) {
            return near;
        }
        if (section.name().isEmpty() && NOT_TRAINING.contains(written)) {
            return "only training is simulated, not what a trained model is used for";
        }
        String elsewhere = belongs(section, places.apply(key));
        return elsewhere.isEmpty() && other.isPresent()
                ? belongs(section, places.apply(other.get())).replaceFirst("^it", "'" + other.get() + "'")
                : elsewhere;
    }

    /** Sections within this one come first, and of many those that are nearest to the top. */
    private static String belongs(Section section, List<String> places) {
        List<String> within = places.stream()
                .filter(place -> section.name().isEmpty() || place.startsWith(section.name() + "."))
                .toList();
        List<String> meant = within.isEmpty() ? places : within;
        if (meant.size() > MAX_PLACES) {
            int least = meant.stream().mapToInt(UnknownKey::depth).min().orElse(0);
            meant = meant.stream().filter(place -> depth(place) == least).toList();
            meant = meant.contains(MACHINES) ? List.of(MACHINES) : meant;
        }
        return meant.isEmpty() || meant.size() > MAX_PLACES
                ? ""
                : meant.stream()
                        .map(place -> place.isEmpty() ? "the top level" : place)
                        .sorted(Comparator.naturalOrder())
                        .collect(Collectors.joining(" or ", "it belongs in ", ""));
    }

    private static int depth(String place) {
        return place.isEmpty() ? 0 : place.split("\\.").length;
    }
}
