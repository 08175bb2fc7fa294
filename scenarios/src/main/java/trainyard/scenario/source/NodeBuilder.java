package trainyard.scenario.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Builds the tree of one document from parser events, within limits on depth and on size after aliases. */
final class NodeBuilder {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 200_000;

    private final SourceText source;
    private final Iterator<Event> events;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private final Map<Anchor, Integer> anchorSizes = new HashMap<>();
    private int nodes;

    NodeBuilder(SourceText source, Iterator<Event> events) {
        this.source = source;
        this.events = events;
    }

    Node document() {
        events.next();
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            throw fail(source.at(1, 1, 1), Problem.Kind.SYNTAX, "the scenario is empty", "start with: trainyard: 1");
        }
        Node root = node(events.next(), 0);
        events.next();
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw fail(position(after), Problem.Kind.SYNTAX, "a second document starts here", "one scenario per file");
        }
        return root;
    }

    List<Node> documents() {
        List<Node> roots = new ArrayList<>();
        events.next();
        while (events.next().getEventId() != Event.ID.StreamEnd) {
            anchors.clear();
            roots.add(node(events.next(), 0));
            events.next();
        }
        return roots;
    }

    private Node node(Event event, int depth) {
        Position position = position(event);
        if (depth > MAX_DEPTH) {
            throw fail(
                    position,
                    Problem.Kind.LIMIT,
                    "values are nested deeper than " + MAX_DEPTH + " levels",
                    "a scenario needs about six");
        }
        count(1, position);
        int before = nodes;
        Node built;
        if (event instanceof AliasEvent alias) {
            return alias(alias, position);
        } else if (event instanceof ScalarEvent scalar) {
            built = new Node.Scalar(scalar.getValue(), !scalar.isPlain(), position);
        } else if (event instanceof SequenceStartEvent) {
            built = sequence(position, depth);
        } else if (event instanceof MappingStartEvent) {
            built = mapping(position, depth);
        } else {
            throw fail(position, Problem.Kind.SYNTAX, "a value was expected here", "");
        }
        if (event instanceof NodeEvent anchored && anchored.getAnchor().isPresent()) {
            anchors.put(anchored.getAnchor().get(), built);
            anchorSizes.put(anchored.getAnchor().get(), nodes - before + 1);
        }
        return built;
    }

    private Node alias(AliasEvent alias, Position position) {
        Optional<Node> target = Optional.ofNullable(anchors.get(alias.getAlias()));
        if (target.isEmpty()) {
            throw fail(position, Problem.Kind.SYNTAX, "alias *" + alias.getAlias() + " has no anchor before it", "");
        }
        count(anchorSizes.get(alias.getAlias()), position);
        return target.get();
    }

    private Node sequence(Position position, int depth) {
        List<Node> items = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            items.add(node(event, depth + 1));
            event = events.next();
        }
        return new Node.Sequence(items, position);
    }

    private Node mapping(Position position, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            Position keyPosition = position(event);
            if (!(event instanceof ScalarEvent key)) {
                throw fail(keyPosition, Problem.Kind.SYNTAX, "a key must be a plain word", "");
            }
            Node.Entry earlier = entries.get(key.getValue());
            if (earlier != null) {
                throw fail(
                        keyPosition,
                        Problem.Kind.KEY,
                        "key '" + key.getValue() + "' stands twice",
                        "first written on line " + earlier.keyPosition().line());
            }
            entries.put(key.getValue(), new Node.Entry(keyPosition, node(events.next(), depth + 1)));
            event = events.next();
        }
        return new Node.Mapping(entries, position);
    }

    private void count(int more, Position position) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw fail(
                    position,
                    Problem.Kind.LIMIT,
                    "more than " + MAX_NODES + " values once aliases are followed",
                    "repeat less; vars and extends do the same safely");
        }
    }

    private Position position(Event event) {
        Optional<Mark> start = event.getStartMark();
        Optional<Mark> end = event.getEndMark();
        int line = start.map(Mark::getLine).orElse(0) + 1;
        int column = start.map(Mark::getColumn).orElse(0) + 1;
        boolean oneLine = end.isPresent() && end.get().getLine() + 1 == line;
        int length = oneLine ? end.get().getColumn() + 1 - column : 1;
        return source.at(line, column, length);
    }

    private static ScenarioException fail(Position position, Problem.Kind kind, String message, String hint) {
        return new ScenarioException(Problem.at(position, kind, message, hint));
    }
}
