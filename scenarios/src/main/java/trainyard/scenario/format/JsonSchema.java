package trainyard.scenario.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the JSON schema (draft-07, the newest that yaml-language-server completes from) of a format. */
public final class JsonSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonSchema() {}

    /** The schema of a whole scenario. */
    public static ObjectNode document(String id, String title, Section root) {
        ObjectNode schema = empty();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#")
                .put("$id", id)
                .put("title", title);
        schema.setAll(ofSection(root));
        // A file that extends another need not repeat what that one gives.
        schema.putObject("if").putArray("required").add("extends");
        schema.set("else", requirements(root));
        schema.putObject("definitions")
                .set("variable", type("string").put("pattern", "\\$\\{vars\\.[A-Za-z0-9_-]+\\}"));
        return schema;
    }

    static ObjectNode ofSection(Section section) {
        ObjectNode schema = type("object").put("description", section.doc());
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        for (Field<?> field : section.fields()) {
            ObjectNode value = ofValue(field.type());
            value.put("description", field.fullDoc());
            field.defaultText().filter(text -> !text.isEmpty()).ifPresent(text -> value.put("default", text));
            properties.set(field.key(), value);
        }
        return schema;
    }

    /** Which keys have to be given in a section and in the sections below it. */
    static ObjectNode requirements(Section section) {
        ObjectNode schema = empty();
        ArrayNode required = JSON.arrayNode();
        ObjectNode properties = empty();
        for (Field<?> field : section.fields()) {
            if (field.required()) {
                required.add(field.key());
            }
            if (field.type() instanceof Section child) {
                ObjectNode below = requirements(child);
                if (!below.isEmpty()) {
                    properties.set(field.key(), below);
                }
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (!properties.isEmpty()) {
            schema.set("properties", properties);
        }
        return schema;
    }

    /** A value as it may be written: plain, with its source, or as a variable. */
    static ObjectNode ofValue(ValueType<?> type) {
        if (!type.isScalar()) {
            return type.schema();
        }
        ObjectNode sourced = type("object").put("additionalProperties", false);
        sourced.putArray("required").add("value");
        ObjectNode properties = sourced.putObject("properties");
        properties.set("value", anyOf(type.schema(), variable()));
        properties.set("source", type("string"));
        properties.set("as-of", type("string"));
        return anyOf(type.schema(), sourced, variable());
    }

    static ObjectNode variable() {
        return empty().put("$ref", "#/definitions/variable");
    }

    static ObjectNode type(String name) {
        return empty().put("type", name);
    }

    static ObjectNode empty() {
        return JSON.objectNode();
    }

    public static ObjectNode anyOf(ObjectNode... choices) {
        ObjectNode schema = empty();
        ArrayNode list = schema.putArray("anyOf");
        for (ObjectNode choice : choices) {
            list.add(choice);
        }
        return schema;
    }
}
