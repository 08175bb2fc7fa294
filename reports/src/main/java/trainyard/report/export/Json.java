package trainyard.report.export;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import trainyard.report.figure.Estimate;
import trainyard.report.format.Numbers;

/** What the JSON files share: layout and numbers. */
final class Json {

    static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** Pretty-printed with line feeds on every system and a line feed at the end. */
    static String print(ObjectNode root) {
        try {
            return MAPPER.writer(printer()).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot print JSON", e);
        }
    }

    /** Writes in the same layout, without a line feed at the end; closing it leaves the stream open. */
    static JsonGenerator generator(OutputStream out) throws IOException {
        JsonGenerator generator = MAPPER.getFactory().createGenerator(out, JsonEncoding.UTF8);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        return generator.setPrettyPrinter(printer());
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        Separators separators =
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators).withObjectIndenter(indenter);
        printer.indentArraysWith(indenter);
        return printer;
    }

    /** Sets a number of up to 15 significant digits, or null where it is not finite. */
    static void number(ObjectNode node, String field, double value) {
        if (Double.isFinite(value)) {
            node.put(field, Numbers.decimal(value));
        } else {
            node.putNull(field);
        }
    }

    /** Sets value, low and high. */
    static void estimate(ObjectNode node, Estimate estimate) {
        number(node, "value", estimate.value());
        number(node, "low", estimate.low());
        number(node, "high", estimate.high());
    }
}
