package trainyard.scenario.format;

import java.util.Objects;
import java.util.Optional;

/**
 * One key of a section.
 *
 * @param key how it is written
 * @param type what may stand behind it
 * @param doc one or two sentences in Markdown
 * @param required whether the section is wrong without it
 * @param defaultText what stands for it when it is left out, as a user would write it; empty where leaving it out
 *     means something of its own, which {@code doc} then says
 * @param use when it counts for something; empty where it always does
 */
public record Field<T>(
        String key, ValueType<T> type, String doc, boolean required, Optional<String> defaultText, Optional<Use> use) {

    public Field {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(doc, "doc");
    }

    /** An optional field without a default. */
    public static <T> Field<T> of(String key, ValueType<T> type, String doc) {
        return new Field<>(key, type, doc, false, Optional.empty(), Optional.empty());
    }

    /** This field, but it has to be given. */
    public Field<T> asRequired() {
        return new Field<>(key, type, doc, true, Optional.empty(), use);
    }

    /** This field with a default. */
    public Field<T> orElse(String text) {
        return new Field<>(key, type, doc, false, Optional.of(text), use);
    }

    /** This field, which counts only under a condition beside those that it has; where it does not, it must not be written. */
    public Field<T> only(Use condition) {
        Use both = use.map(own -> own.and(condition)).orElse(condition);
        return new Field<>(key, type, doc, required, defaultText, Optional.of(both));
    }

    /** What it is for and when it counts, in Markdown. */
    public String fullDoc() {
        return use.map(when -> doc + " Only with " + when.where() + ".").orElse(doc);
    }
}
