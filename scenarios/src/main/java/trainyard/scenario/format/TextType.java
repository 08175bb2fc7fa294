package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/**
 * Text.
 *
 * @param pattern regular expression that the whole text matches; empty for any text
 * @param description what may be written, in Markdown
 */
public record TextType(String pattern, String description) implements ScalarType<String> {

    /** Any text. */
    public static final TextType ANY = new TextType("", "text");

    /** Text that says something. */
    public static final TextType WORDS = new TextType("(?s).*\\S.*", "text that is not empty");

    @Override
    public Optional<String> parse(Node.Scalar scalar, Problems problems) {
        if (pattern.isEmpty() || Pattern.matches(pattern, scalar.text())) {
            return Optional.of(scalar.text());
        }
        problems.add(
                scalar.position(),
                Problem.Kind.VALUE,
                "'" + scalar.text() + "' is not allowed here",
                plain(scalar.text()).map(Section::hint).orElse("write " + description.replace("`", "")));
        return Optional.empty();
    }

    /** The text in lower case with hyphens, where that would be allowed. */
    private Optional<String> plain(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("[ _]+", "-");
        return Optional.of(plain).filter(word -> Pattern.matches(pattern, word));
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonSchema.type("string");
        return pattern.isEmpty() ? schema : schema.put("pattern", "^(" + pattern + ")$");
    }

    @Override
    public String describe() {
        return description;
    }
}
