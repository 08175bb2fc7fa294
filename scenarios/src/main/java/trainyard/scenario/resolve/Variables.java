package trainyard.scenario.resolve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/** Puts the values of {@code vars:} where <code>${vars.name}</code> stands. There are no expressions. */
public final class Variables {

    /** The key that declares them. */
    public static final String VARS = "vars";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)\\}");

    private final Node.Mapping declared;
    private final Problems problems;

    private Variables(Node.Mapping declared, Problems problems) {
        this.declared = declared;
        this.problems = problems;
    }

    /** The scenario with all references replaced; references to what is not declared are reported. */
    public static Node.Mapping substitute(Node.Mapping scenario, Problems problems) {
        Node.Mapping declared = scenario.find(VARS)
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .orElse(new Node.Mapping(Map.of(), scenario.position()));
        Node.Mapping rest = scenario.without(VARS);
        Node.Mapping substituted = (Node.Mapping) new Variables(declared, problems).replace(rest);
        return Optional.ofNullable(scenario.entries().get(VARS))
                .map(vars -> substituted.with(VARS, vars))
                .orElse(substituted);
    }

    private Node replace(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text().contains("${") ? replaceIn(scalar) : scalar;
        }
        if (node instanceof Node.Sequence sequence) {
            List<Node> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(replace(item)));
            return new Node.Sequence(items, sequence.position());
        }
        Map<String, Node.Entry> replaced = new LinkedHashMap<>();
        ((Node.Mapping) node)
                .entries()
                .forEach(
                        (key, entry) -> replaced.put(key, new Node.Entry(entry.keyPosition(), replace(entry.value()))));
        return new Node.Mapping(replaced, node.position());
    }

    private Node replaceIn(Node.Scalar scalar) {
        Matcher matcher = REFERENCE.matcher(scalar.text());
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(valueOf(matcher.group(1), scalar)));
        }
        matcher.appendTail(text);
        return new Node.Scalar(text.toString(), scalar.quoted(), scalar.position());
    }

    private String valueOf(String reference, Node.Scalar scalar) {
        String name = reference.startsWith(VARS + ".") ? reference.substring(VARS.length() + 1) : reference;
        Optional<Node> value = reference.startsWith(VARS + ".") ? declared.find(name) : Optional.empty();
        if (value.orElse(null) instanceof Node.Mapping sourced) {
            value = sourced.find("value");
        }
        if (value.orElse(null) instanceof Node.Scalar single) {
            return single.text();
        }
        String hint = Nearest.of(name, declared.entries().keySet())
                .map(near -> "did you mean ${" + VARS + "." + near + "}?")
                .orElse("declare it: vars: {" + name + ": ...}");
        problems.add(scalar.position(), Problem.Kind.VARS, "no variable '" + reference + "'", hint);
        return "";
    }
}
