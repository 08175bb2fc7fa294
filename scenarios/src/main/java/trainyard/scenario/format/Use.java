package trainyard.scenario.format;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When a key counts for something. Written where it does not, it would be ignored without a word, so it is refused.
 *
 * @param where with what it does, in Markdown, such as {@code policy `elastic` or `quorum`}
 * @param deciding keys of the same section that decide it, if such do
 * @param when whether it does, given the section that it stands in and the whole scenario
 */
public record Use(String where, List<String> deciding, BiPredicate<Values, Values> when) {

    public Use {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(when, "when");
        deciding = List.copyOf(deciding);
    }

    /** With some values of another key of the section, as they are written. */
    public static Use with(String key, String... values) {
        List<String> words = List.of(values);
        return new Use(
                key + " " + listed(words),
                List.of(key),
                (own, all) -> own.text(key).filter(words::contains).isPresent());
    }

    private static String listed(List<String> words) {
        int last = words.size() - 1;
        String before = String.join("`, `", words.subList(0, last));
        return "`" + before + (last == 0 ? "" : "` or `") + words.get(last) + "`";
    }

    /** With some choices of another key of the section. */
    @SafeVarargs
    public static <E extends Enum<E>> Use with(Field<E> choice, E... constants) {
        return with(choice.key(), Stream.of(constants).map(ChoiceType::word).toArray(String[]::new));
    }

    /** Where another key of the section is written, and not as {@code none}. */
    public static Use beside(Field<?> other) {
        return new Use(
                "`" + other.key() + "`",
                List.of(other.key()),
                (own, all) -> own.isWritten(other)
                        && own.text(other.key()).filter("none"::equals).isEmpty());
    }

    /** Where another key of the section is not written. */
    public static Use without(Field<?> other, String instead) {
        return new Use(instead, List.of(other.key()), (own, all) -> !own.isWritten(other));
    }

    /** Under both conditions. */
    public Use and(Use other) {
        String both = where.equals(other.where) ? where : where + ", and " + other.where;
        return new Use(
                both,
                Stream.concat(deciding.stream(), other.deciding.stream())
                        .distinct()
                        .toList(),
                when.and(other.when));
    }

    /** Under one of them at least. */
    public Use or(Use other) {
        return new Use(
                where + ", or " + other.where,
                Stream.concat(deciding.stream(), other.deciding.stream())
                        .distinct()
                        .toList(),
                when.or(other.when));
    }

    /** What there is in place of that, such as {@code with policy replace}. */
    String instead(Values own) {
        List<String> there = deciding.stream().filter(key -> isThere(own, key)).toList();
        return deciding.isEmpty()
                ? "here"
                : (there.isEmpty() ? deciding : there)
                        .stream().map(key -> instead(own, key)).collect(Collectors.joining(" and "));
    }

    private static boolean isThere(Values own, String key) {
        return own.isWritten(key)
                || own.text(key).filter(text -> !text.isEmpty()).isPresent();
    }

    private static String instead(Values own, String key) {
        Optional<String> text = own.text(key).filter(written -> !written.isEmpty());
        return text.map(written -> "with " + key + " " + written)
                .orElse(own.isWritten(key) ? "beside " + key : "without " + key);
    }
}
