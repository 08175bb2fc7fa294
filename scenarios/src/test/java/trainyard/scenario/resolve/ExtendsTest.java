package trainyard.scenario.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceReader;

class ExtendsTest {

    @TempDir
    private Path folder;

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    private String resolve(String name) {
        Path file = folder.resolve(name);
        return YamlWriter.json(new Extends(ScenarioFormat.SECTION)
                .resolve(SourceReader.file(file, Optional.empty()), file.getParent()));
    }

    @Test
    void sectionsMergeListsAndSourcedValuesAreReplaced() throws IOException {
        write("base.yaml", "a: {x: 1, y: [1, 2], z: {value: 1, source: s}}\nb: 2\n");
        write("own.yaml", "extends: base.yaml\na: {y: [3], z: {value: 2}, w: 4}\n");

        assertThat(resolve("own.yaml"))
                .isEqualTo("{\"a\": {\"x\": 1, \"y\": [3], \"z\": {\"value\": 2}, \"w\": 4}, \"b\": 2}");
    }

    @Test
    void withoutDropsPartsOfTheBase() throws IOException {
        write("base.yaml", "a: {x: 1, y: 2}\nb: 2\n");
        write("own.yaml", "extends: base.yaml\nwithout: [b, a.x]\n");

        assertThat(resolve("own.yaml")).isEqualTo("{\"a\": {\"y\": 2}}");
    }

    @Test
    void pathsAreRelativeToTheWritingFile() throws IOException {
        write("shared/base.yaml", "extends: ../root.yaml\nb: 1\n");
        write("root.yaml", "a: 1\n");
        write("mine/own.yaml", "extends: ../shared/base.yaml\nc: 1\n");

        assertThat(resolve("mine/own.yaml")).isEqualTo("{\"a\": 1, \"b\": 1, \"c\": 1}");
    }

    @Test
    void aCircleIsReported() throws IOException {
        write("a.yaml", "extends: b.yaml\n");
        write("b.yaml", "extends: a.yaml\n");

        assertThatThrownBy(() -> resolve("a.yaml"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void droppingWhatIsNotThereIsReported() throws IOException {
        write("base.yaml", "a: 1\n");
        write("own.yaml", "extends: base.yaml\nwithout: [b]\n");

        assertThatThrownBy(() -> resolve("own.yaml")).hasMessageContaining("no 'b' to drop");
    }
}
