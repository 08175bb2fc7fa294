package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/**
 * One of several named things.
 *
 * @param noun what they are, such as {@code precision} or {@code GPU preset}
 * @param kind the label of a wrong choice
 * @param choices the things by the word that names them
 * @param instead what to write instead of words that look like none of them and are likely
 * @param others what else names them
 */
public record ChoiceType<T>(
        String noun,
        Problem.Kind kind,
        Map<String, T> choices,
        Function<String, Optional<String>> instead,
        OtherNames<T> others)
        implements ScalarType<T> {

    /**
     * Names that are understood beside the words, such as those by which drivers and clouds know a part.
     *
     * @param words the usual ones, as a scenario writes them
     * @param find the thing of a name; empty for an unknown one
     */
    public record OtherNames<T>(List<String> words, Function<String, Optional<T>> find) {

        public OtherNames {
            words = List.copyOf(words);
        }

        static <T> OtherNames<T> none() {
            return new OtherNames<>(List.of(), name -> Optional.empty());
        }
    }

    /** Parts of a catalogue, which {@code show presets} lists. */
    private static final int MAX_LISTED = 12;

    public ChoiceType {
        choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
    }

    public ChoiceType(String noun, Problem.Kind kind, Map<String, T> choices) {
        this(noun, kind, choices, word -> Optional.empty(), OtherNames.none());
    }

    public ChoiceType(String noun, Problem.Kind kind, Map<String, T> choices, Map<String, String> instead) {
        this(noun, kind, choices, words(instead), OtherNames.none());
    }

    /** The constants of an enum, in lower case with hyphens. */
    public static <E extends Enum<E>> ChoiceType<E> of(String noun, Class<E> type) {
        Map<String, E> choices = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants()).forEach(constant -> choices.put(word(constant), constant));
        return new ChoiceType<>(noun, Problem.Kind.VALUE, choices);
    }

    /** Named parts of a catalogue. */
    public static <T> ChoiceType<T> preset(String noun, Map<String, T> presets) {
        return new ChoiceType<>(noun, Problem.Kind.PRESET, presets);
    }

    /** The same, and what to write instead of likely other words. */
    public ChoiceType<T> instead(Map<String, String> words) {
        return instead(words(words));
    }

    /** The same, and what to write instead of words of which the rule knows something. */
    public ChoiceType<T> instead(Function<String, Optional<String>> rule) {
        return new ChoiceType<>(noun, kind, choices, word -> instead.apply(word).or(() -> rule.apply(word)), others);
    }

    private static Function<String, Optional<String>> words(Map<String, String> words) {
        Map<String, String> all = Map.copyOf(words);
        return word -> Optional.ofNullable(all.get(word.toLowerCase(Locale.ROOT)));
    }

    /** The same, understood by other names too. */
    public ChoiceType<T> or(OtherNames<T> names) {
        return new ChoiceType<>(noun, kind, choices, instead, names);
    }

    /** How a constant is written in a scenario. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Optional<T> parse(Node.Scalar scalar, Problems problems) {
        Optional<T> choice = Optional.ofNullable(choices.get(scalar.text()))
                .or(() -> others.find().apply(scalar.text()));
        if (choice.isEmpty()) {
            problems.add(
                    scalar.position(),
                    kind,
                    "unknown " + noun + " '" + scalar.text() + "'",
                    instead.apply(scalar.text()).orElseGet(() -> hint(scalar.text())),
                    "allowed: " + listed(" "));
        }
        return choice;
    }

    private String hint(String word) {
        String near = Nearest.hint(word, choices.keySet());
        if (!near.isEmpty()) {
            return near;
        }
        return Nearest.part(word, choices.keySet())
                .map(Section::hint)
                .orElseGet(() -> otherHint(word.toLowerCase(Locale.ROOT).replace(' ', '-')));
    }

    /** The first word may be the maker's name. */
    private String otherHint(String word) {
        String near = Nearest.hint(word, others.words());
        return near.isEmpty() ? Nearest.hint(word.substring(word.indexOf('-') + 1), others.words()) : near;
    }

    private String listed(String separator) {
        if (kind != Problem.Kind.PRESET || choices.size() <= MAX_LISTED) {
            return String.join(separator, choices.keySet());
        }
        String some = String.join(
                separator, choices.keySet().stream().limit(MAX_LISTED).toList());
        return some + separator + "... (" + choices.size() + " in all)";
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonSchema.empty();
        ArrayNode words = schema.putArray("enum");
        Stream.concat(choices.keySet().stream(), others.words().stream())
                .distinct()
                .forEach(words::add);
        return schema;
    }

    @Override
    public String describe() {
        return kind == Problem.Kind.PRESET
                ? "a " + noun + ", such as `" + choices.keySet().iterator().next() + "`"
                : "`" + String.join("`, `", choices.keySet()) + "`";
    }
}
