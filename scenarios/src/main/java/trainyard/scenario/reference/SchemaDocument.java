package trainyard.scenario.reference;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.JsonSchema;
import trainyard.scenario.section.ScenarioSection;

/** The JSON schema of scenarios. */
public final class SchemaDocument {

    private static final String ID = "urn:trainyard:scenario:" + ScenarioSection.VERSION;

    private SchemaDocument() {}

    /** The schema as a tree. */
    public static ObjectNode tree() {
        String title = "Trainyard scenario, version " + ScenarioSection.VERSION;
        return JsonSchema.document(ID, title, ScenarioFormat.SECTION);
    }

    /** The schema as text with two spaces per level and a final line end, the same on every system. */
    public static String text() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(tree()) + "\n";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
