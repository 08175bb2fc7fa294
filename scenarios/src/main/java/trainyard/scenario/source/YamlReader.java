package trainyard.scenario.source;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document (JSON is a part of it) into {@link Node}s. Works on the stream of parser events with
 * explicit limits, so that alias bombs and deep nesting end in a sentence instead of a full heap or stack.
 */
public final class YamlReader {

    /** Largest text accepted, in characters; scenarios are a few kilobytes. */
    public static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private YamlReader() {}

    /**
     * Reads the document.
     *
     * @throws ScenarioException if the text is not one YAML document whose top level is a mapping
     */
    public static Node.Mapping read(SourceText source) {
        if (source.text().length() > MAX_CHARACTERS) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.LIMIT,
                    source.name() + " is larger than " + MAX_CHARACTERS + " characters",
                    "a scenario is a few kilobytes; keep data in files of their own"));
        }
        Node node = value(source);
        if (node instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw new ScenarioException(Problem.at(
                node.position(),
                Problem.Kind.SYNTAX,
                "a scenario is a mapping of keys to values, this is " + node.kind(),
                "start with: trainyard: 1"));
    }

    /**
     * Reads one value of any kind, as {@code --set} takes it.
     *
     * @throws ScenarioException if the text is not one YAML value
     */
    public static Node value(SourceText source) {
        return parse(source, NodeBuilder::document);
    }

    /**
     * Reads all documents of a text, which lines of {@code ---} part.
     *
     * @throws ScenarioException if the text is not YAML
     */
    public static List<Node> documents(SourceText source) {
        return parse(source, NodeBuilder::documents);
    }

    private static <T> T parse(SourceText source, Function<NodeBuilder, T> reading) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source.name())
                .setCodePointLimit(MAX_CHARACTERS)
                .setUseMarks(true)
                .build();
        try {
            Iterator<Event> events =
                    new Parse(settings).parseString(source.text()).iterator();
            return reading.apply(new NodeBuilder(source, events));
        } catch (ReaderException failure) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.DATA,
                    source.name() + " is not text: character "
                            + String.format("U+%04X", failure.getCodePoint()) + " at offset "
                            + failure.getPosition(),
                    "a scenario is UTF-8 text"));
        } catch (MarkedYamlEngineException failure) {
            throw new ScenarioException(syntax(source, failure));
        } catch (YamlEngineException failure) {
            throw new ScenarioException(
                    Problem.of(Problem.Kind.SYNTAX, source.name() + ": " + failure.getMessage(), ""));
        }
    }

    private static Problem syntax(SourceText source, MarkedYamlEngineException failure) {
        Optional<Mark> mark = failure.getProblemMark().or(failure::getContextMark);
        Position position =
                mark.map(m -> source.at(m.getLine() + 1, m.getColumn() + 1, 1)).orElse(source.at(1, 1, 1));
        String message = failure.getProblem() == null ? "not valid YAML" : failure.getProblem();
        boolean atEnd =
                mark.map(m -> m.getIndex() >= source.text().strip().length()).orElse(false);
        if (message.contains("TAB")) {
            return Problem.at(position, Problem.Kind.SYNTAX, "a tab cannot indent YAML", "use spaces");
        }
        if (atEnd && (failure instanceof ParserException || message.contains("end of stream"))) {
            return Problem.at(
                    position,
                    Problem.Kind.SYNTAX,
                    "the text ends in the middle of a value",
                    "close the open bracket or quote; is the file cut off?");
        }
        String hint = message.contains("mapping values are not allowed")
                ? "is a colon missing in the line before, or are there two in one?"
                : "";
        return Problem.at(position, Problem.Kind.SYNTAX, message, hint);
    }
}
