package trainyard.scenario.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.source.YamlReader;

class YamlWriterTest {

    private static Node.Mapping read(String text) {
        return YamlReader.read(new SourceText("test", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1",
                "a: {b: [1, 2, x y], c: {}}",
                "'a b:c': \"quoted: text\"",
                "a: \"line\\nbreak \\\"quote\\\" back\\\\slash\"",
                "expect: {variant(a).mfu: '>= 40%'}",
                "a: ${vars.x} GiB",
                "a: [{k: v}, {k: [w]}]",
                "a: \"true\"",
                "a: '# no comment'"
            })
    void whatIsWrittenReadsBackTheSame(String text) {
        Node.Mapping tree = read(text);

        assertThat(YamlWriter.json(read(YamlWriter.yaml(tree)))).isEqualTo(YamlWriter.json(tree));
        assertThat(YamlWriter.json(read(YamlWriter.json(tree)))).isEqualTo(YamlWriter.json(tree));
    }

    @Test
    void jsonIsPartOfYaml() {
        assertThat(YamlWriter.json(read("{\"a\": 1, \"b\": [true, \"x\"]}")))
                .isEqualTo("{\"a\": 1, \"b\": [true, \"x\"]}");
    }
}
