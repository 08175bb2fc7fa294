package trainyard.scenario.importing.draft;

import java.util.Map;
import trainyard.scenario.resolve.YamlWriter;
import trainyard.scenario.source.Node;

/** Writes a draft as YAML in block style with a comment behind each value. */
final class CommentedYaml {

    /** Column of the comments, where the value leaves room. */
    private static final int COMMENT_COLUMN = 40;

    private final Draft draft;
    private final StringBuilder out = new StringBuilder();

    private CommentedYaml(Draft draft) {
        this.draft = draft;
    }

    static String write(Draft draft) {
        CommentedYaml writer = new CommentedYaml(draft);
        writer.block("", "", draft.tree());
        return writer.out.toString();
    }

    private void block(String indent, String path, Node.Mapping section) {
        for (Map.Entry<String, Node.Entry> entry : section.entries().entrySet()) {
            String inner = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            String head = indent + YamlWriter.key(entry.getKey()) + ":";
            Node value = entry.getValue().value();
            if (value instanceof Node.Mapping child && !child.entries().isEmpty()) {
                out.append(head).append('\n');
                block(indent + "  ", inner, child);
            } else {
                line(head + " " + YamlWriter.value(value), draft.origin(inner, value));
            }
        }
    }

    private void line(String text, String comment) {
        out.append(text);
        if (!comment.isEmpty()) {
            out.append(" ".repeat(Math.max(2, COMMENT_COLUMN - text.length())))
                    .append("# ")
                    .append(comment.replaceAll("\\p{Cntrl}", "?"));
        }
        out.append('\n');
    }
}
