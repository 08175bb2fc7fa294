package trainyard.sim.hardware.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A map of the file whose values are read by key and checked; every error names file, line and column. */
final class ProfileNode {

    private final String file;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();

    ProfileNode(String file, Node node) {
        this.file = file;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw problem(file, node, "expected a map of keys and values");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode());
            if (values.put(key, tuple.getValueNode()) != null) {
                throw problem(file, tuple.getKeyNode(), "key " + key + " appears twice");
            }
        }
    }

    /** Refuses every key that is not named. */
    ProfileNode allow(String... keys) {
        List<String> known = List.of(keys);
        values.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw problem(file, value, "unknown key " + key + "; keys here are " + String.join(", ", known));
            }
        });
        return this;
    }

    /** Keys and values that are not among the named ones, as text. */
    Map<String, String> others(String... keys) {
        Map<String, String> others = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!List.of(keys).contains(key)) {
                others.put(key, scalar(value));
            }
        });
        return others;
    }

    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    String text(String key) {
        String text = scalar(required(key));
        if (text.isBlank()) {
            throw problem(key, "must not be empty");
        }
        return text;
    }

    String optionalText(String key) {
        return values.containsKey(key) ? scalar(values.get(key)) : "";
    }

    double number(String key, double least, double most) {
        String text = text(key);
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw problem(key, "expected a number, got \"" + text + "\"");
        }
        if (!(value >= least && value <= most)) {
            throw problem(key, "must lie between " + least + " and " + most + ", got " + text);
        }
        return value;
    }

    int integer(String key, int least, int most) {
        double value = number(key, least, most);
        if (value != Math.rint(value)) {
            throw problem(key, "must be a whole number, got " + value);
        }
        return (int) value;
    }

    boolean flag(String key) {
        String text = text(key);
        if (!text.equals("true") && !text.equals("false")) {
            throw problem(key, "must be true or false, got \"" + text + "\"");
        }
        return text.equals("true");
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    ProfileNode map(String key) {
        return new ProfileNode(file, required(key));
    }

    /** The map under a key; nothing where the key is missing or the map is empty. */
    Optional<ProfileNode> optionalMap(String key) {
        return has(key) ? Optional.of(map(key)).filter(map -> !map.values.isEmpty()) : Optional.empty();
    }

    /** The maps of a list; none where the key is missing. */
    List<ProfileNode> maps(String key) {
        List<ProfileNode> maps = new ArrayList<>();
        if (has(key)) {
            sequence(key).forEach(item -> maps.add(new ProfileNode(file, item)));
        }
        return maps;
    }

    /** A list of two numbers, the smaller one first. */
    double[] range(String key, double least, double most) {
        List<Node> items = sequence(key);
        if (items.size() != 2) {
            throw problem(key, "expected two numbers, the least and the most");
        }
        double[] range = new double[2];
        for (int i = 0; i < 2; i++) {
            try {
                range[i] = Double.parseDouble(scalar(items.get(i)));
            } catch (NumberFormatException e) {
                throw problem(key, "expected two numbers, got \"" + scalar(items.get(i)) + "\"");
            }
        }
        if (!(least <= range[0] && range[0] <= range[1] && range[1] <= most)) {
            throw problem(key, "must be ascending and lie between " + least + " and " + most);
        }
        return range;
    }

    private List<Node> sequence(String key) {
        Node value = required(key);
        if (!(value instanceof SequenceNode sequence)) {
            throw problem(key, "expected a list");
        }
        return sequence.getValue();
    }

    private Node required(String key) {
        Node value = values.get(key);
        if (value == null) {
            throw problem(file, node, "key " + key + " is missing");
        }
        return value;
    }

    private String scalar(Node value) {
        if (!(value instanceof ScalarNode scalar)) {
            throw problem(file, value, "expected a single value");
        }
        return scalar.getValue().strip();
    }

    /** An error about the value of a key. */
    CalibrationException problem(String key, String what) {
        return problem(file, required(key), key + ": " + what);
    }

    private static CalibrationException problem(String file, Node node, String what) {
        String position = node.getStartMark()
                .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                .orElse("");
        return new CalibrationException(file + position + ": " + what);
    }
}
