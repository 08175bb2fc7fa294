package trainyard.scenario.resolve;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import trainyard.scenario.source.Node;

/** Writes a tree as YAML, or as the part of it that is JSON; reading it back gives the same tree. */
public final class YamlWriter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./$][A-Za-z0-9_./$+%()=<> -]*");
    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private YamlWriter() {}

    /** Block style, two spaces per level, lists on one line. */
    public static String yaml(Node.Mapping tree) {
        StringBuilder out = new StringBuilder();
        block(tree, "", out);
        return out.toString();
    }

    private static void block(Node.Mapping mapping, String indent, StringBuilder out) {
        mapping.entries().forEach((key, entry) -> {
            out.append(indent).append(key(key)).append(':');
            if (entry.value() instanceof Node.Mapping child && !child.entries().isEmpty()) {
                out.append('\n');
                block(child, indent + "  ", out);
            } else {
                out.append(' ').append(flow(entry.value(), false)).append('\n');
            }
        });
    }

    /** A key as YAML. */
    public static String key(String key) {
        return PLAIN.matcher(key).matches() ? key : quoted(key);
    }

    /** A value as YAML on one line. */
    public static String value(Node node) {
        return flow(node, false);
    }

    /** One line of JSON. */
    public static String json(Node node) {
        return flow(node, true);
    }

    private static String flow(Node node, boolean json) {
        if (node instanceof Node.Scalar scalar) {
            return scalar(scalar, json);
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().map(item -> flow(item, json)).collect(Collectors.joining(", ", "[", "]"));
        }
        return ((Node.Mapping) node)
                .entries().entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ": "
                                + flow(entry.getValue().value(), json))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String scalar(Node.Scalar scalar, boolean json) {
        String text = scalar.text();
        boolean bare = JSON_NUMBER.matcher(text).matches() || text.equals("true") || text.equals("false");
        boolean plain = !json && PLAIN.matcher(text).matches() && !text.endsWith(" ");
        return !scalar.quoted() && (bare || plain) ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
