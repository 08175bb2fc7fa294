package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Makes the JSON documents that verbs print. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The problems of a scenario: {@code {"ok": false, "exit-code": 2, "errors": [...]}}. */
    static String problems(ScenarioException wrong) {
        ObjectNode document =
                object().put("ok", false).put("exit-code", wrong.exitCode().code());
        ArrayNode errors = document.putArray("errors");
        wrong.problems().forEach(problem -> errors.add(problem(problem)));
        return document.toPrettyString();
    }

    /** One error or warning. */
    static ObjectNode problem(Problem problem) {
        ObjectNode error = object().put("kind", problem.kind().label()).put("message", problem.message());
        problem.position().ifPresent(position -> put(error, position));
        error.put("hint", problem.hint());
        ArrayNode notes = error.putArray("notes");
        problem.notes().forEach(notes::add);
        return error;
    }

    /** Adds where something stands. */
    static void put(ObjectNode object, Position position) {
        object.put("file", position.source().name())
                .put("line", position.line())
                .put("column", position.column());
    }
}
