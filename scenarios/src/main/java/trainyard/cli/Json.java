package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.verify.training.Ablation;

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

    /** Errors by source for every line of an ablation: {@code [{"line": ..., "source": ..., "mape_pct": ..., "bias_pct": ...}]}. */
    static ArrayNode ablation(Ablation ablation) {
        ArrayNode rows = array();
        ablation.errors().forEach((line, errors) -> {
            for (int i = 0; i < errors.size(); i++) {
                ObjectNode row = rows.addObject();
                row.put("line", line).put("source", ablation.sources().get(i));
                errors.get(i).meanAbsolutePercent().ifPresent(value -> row.put("mape_pct", value));
                errors.get(i).biasPercent().ifPresent(value -> row.put("bias_pct", value));
            }
        });
        return rows;
    }
}
