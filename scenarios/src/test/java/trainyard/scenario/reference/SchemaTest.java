package trainyard.scenario.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.Goldens;
import trainyard.scenario.resolve.YamlWriter;
import trainyard.scenario.source.SourceReader;
import trainyard.scenario.source.YamlReader;

class SchemaTest {

    private static final Path ERRORS = Path.of("src/test/resources/trainyard/cli/errors");

    private static List<String> errors(Path scenario) {
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(SchemaDocument.text());
        String json = YamlWriter.json(YamlReader.read(SourceReader.file(scenario, java.util.Optional.empty())));
        return schema.validate(json, InputFormat.JSON).stream()
                .map(error -> error.toString())
                .toList();
    }

    @Test
    void theCommittedSchemaIsFresh() {
        Goldens.check(Goldens.project().resolve("schema/trainyard-scenario-v1.schema.json"), SchemaDocument.text());
    }

    @Test
    void theReferencePageIsFresh() {
        Goldens.check(Goldens.project().resolve("docs/reference/scenario.md"), ReferencePage.text());
    }

    @Test
    void theGalleryAndTheTemplatesValidate() throws IOException {
        for (String folder : List.of("scenarios/gallery", "scenarios/src/main/resources/trainyard/cli/templates")) {
            try (Stream<Path> files = Files.list(Goldens.project().resolve(folder))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                    assertThat(errors(file)).as(file.toString()).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown-key",
                "ambiguous-unit",
                "missing-unit",
                "wrong-dimension",
                "bad-choice",
                "not-a-number",
                "out-of-range",
                "list-for-section",
                "section-for-value",
                "unknown-preset",
                "format-version",
                "bad-name",
                "sourced-unknown-key",
                "missing-sections"
            })
    void wrongScenariosDoNotValidate(String name) {
        assertThat(errors(ERRORS.resolve(name + ".yaml"))).isNotEmpty();
    }
}
